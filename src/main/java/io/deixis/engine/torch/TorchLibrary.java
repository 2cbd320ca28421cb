package io.deixis.engine.torch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/**
 * Functions of libtorch that DJL has no name for, called by JNA. They are named as compilers of the
 * Itanium C++ ABI (Linux, macOS) name them; other compilers name them otherwise.
 */
final class TorchLibrary {

  private final NativeLibrary library;

  private TorchLibrary(NativeLibrary library) {
    this.library = library;
  }

  /**
   * Returns the library that the engine runs on, which has to be started.
   *
   * @throws UnsatisfiedLinkError if it is not where DJL says
   */
  static TorchLibrary open() {
    Path file = Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu"));
    return new TorchLibrary(NativeLibrary.getInstance(file.toString()));
  }

  /**
   * Returns a function.
   *
   * @param mangled its name in the Itanium C++ ABI
   * @throws UnsatisfiedLinkError if this build has none of that name
   */
  Function function(String mangled) {
    return library.getFunction(mangled);
  }
}
