package io.deixis.engine.torch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The switch of NNPACK, which libtorch would use for batches of 16 images and more alone. On a
 * processor that NNPACK does not know, as in many virtual machines, libtorch writes a warning to
 * the standard error stream for every convolution, dozens a photo, and neither an option of DJL nor
 * a variable of the environment stops that.
 */
final class Nnpack {

  private static final Logger LOG = Logger.getLogger(Nnpack.class);

  /** {@code at::globalContext()}, named as compilers of the Itanium C++ ABI name it. */
  private static final String GLOBAL_CONTEXT = "_ZN2at13globalContextEv";

  /** {@code at::Context::setUserEnabledNNPACK(bool)}. */
  private static final String SET_ENABLED = "_ZN2at7Context20setUserEnabledNNPACKEb";

  private Nnpack() {}

  /** Turns it off where that can be done; the library of libtorch has to be loaded. */
  static void turnOff() {
    Path library = Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu"));
    try {
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Pointer context = torch.getFunction(GLOBAL_CONTEXT).invokePointer(new Object[0]);
      torch.getFunction(SET_ENABLED).invokeVoid(new Object[] {context, false});
    } catch (UnsatisfiedLinkError e) {
      // Another compiler names them otherwise. All that is lost is a quiet error stream.
      LOG.debugf("NNPACK stays on: %s", e.getMessage());
    }
  }
}
