package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineExceptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/opt/torch/lib/libtorch_cuda.so: libcuda.so.1: cannot open shared object file: No such"
            + " file or directory|libcuda.so.1 is not found; install NVIDIA's driver",
        "/x/libtorch_cpu.so: libgomp.so.1: cannot open shared object file: No such file or"
            + " directory|libgomp.so.1 is not found; install it, or name its folder in"
            + " LD_LIBRARY_PATH",
        "/x/libc10.so: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by"
            + " /x/libc10.so)|libc.so.6 does not fit this machine (version `GLIBC_2.34' not found)",
        "dlopen(/x/libtorch.dylib, 1): Library not loaded: @rpath/libomp.dylib"
            + "|libomp.dylib is not found",
      })
  void namesTheLibraryThatIsNotFound(String message, String sentence) {
    EngineException failure =
        EngineException.notLoaded(
            new IllegalStateException("wrapped", new UnsatisfiedLinkError(message)));

    assertThat(failure).message().contains(sentence).endsWith(".").doesNotContain("/x/", "/opt/");
  }

  @Test
  void tellsThePlatformsWhereNoLibraryIsNamed() {
    assertThat(EngineException.notLoaded(new UnsatisfiedLinkError()))
        .message()
        .contains(System.getProperty("os.arch"), "linux-aarch64");
  }
}
