package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryShortageTest {

  /** As the JDK words them. */
  @ParameterizedTest
  @CsvSource({
    "Java heap space, HEAP",
    "GC overhead limit exceeded, HEAP",
    "Requested array size exceeds VM limit, HEAP",
    "'Cannot reserve 9 bytes of direct buffer memory (allocated: 8, limit: 8)', BUFFERS",
    "Direct buffer memory, BUFFERS",
    "'unable to create native thread: possibly out of memory', PROCESS",
    "Map failed, PROCESS"
  })
  void tellsWhereJavaLacksIt(String message, MemoryShortage where) {
    assertThat(MemoryShortage.of(new OutOfMemoryError(message))).contains(where);
    assertThat(MemoryShortage.of(new IOException(new OutOfMemoryError(message)))).contains(where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 20.00 MiB",
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes",
        "The following operation failed in the TorchScript interpreter.\nstd::bad_alloc"
      })
  void tellsThatTheEngineLacksIt(String message) {
    assertThat(MemoryShortage.of(new ai.djl.engine.EngineException(message)))
        .contains(MemoryShortage.TENSORS);
  }

  @Test
  void tellsThatALibraryCannotBeMapped() {
    Throwable refused =
        new UnsatisfiedLinkError("libtorch_cpu.so: failed to map segment from shared object");

    assertThat(MemoryShortage.of(new EngineException("It cannot be loaded", "restore it", refused)))
        .contains(MemoryShortage.PROCESS);
  }

  @Test
  void isNotToldByOtherFailures() {
    assertThat(MemoryShortage.of(new IllegalStateException("out of memory"))).isEmpty();
    assertThat(MemoryShortage.of(new UnsatisfiedLinkError("no torch in java.library.path")))
        .isEmpty();
    assertThat(MemoryShortage.of(new IOException(Path.of("memory").toString()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void eachIsOneSentenceWithItsRemedy(MemoryShortage shortage) {
    assertThat(shortage.sentence()).matches("[A-Z][^;\\n]+; [a-z][^;\\n]+\\.");
  }

  @Test
  void asksForMoreHeapThanThereIs() {
    long heap = Runtime.getRuntime().maxMemory() >> 30;

    assertThat(MemoryShortage.HEAP.remedy()).matches("set JAVA_OPTS=-Xmx\\d+g or more");
    assertThat(Long.parseLong(MemoryShortage.HEAP.remedy().replaceAll("\\D", "")))
        .isGreaterThan(heap);
  }
}
