package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class NnpackTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void isOffOnceTheEngineHasStarted() {
    TorchEngine.start(1);
    Path library = Path.of(LibUtils.getLibtorchPath()).resolve("libtorch_cpu.so");
    NativeLibrary torch = NativeLibrary.getInstance(library.toString());
    Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    Object enabled =
        torch
            .getFunction("_ZNK2at7Context17userEnabledNNPACKEv")
            .invoke(Boolean.class, new Object[] {context});

    assertThat(enabled).isEqualTo(false);
  }
}
