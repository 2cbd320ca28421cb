package io.deixis.engine.torch;

import com.sun.jna.Pointer;
import org.jboss.logging.Logger;

/**
 * The switch of NNPACK, which libtorch would use for batches of 16 images and more alone. On a
 * processor that NNPACK does not know, as in many virtual machines, libtorch writes a warning to
 * the standard error stream for every convolution, dozens a photo, and neither an option of DJL nor
 * a variable of the environment stops that.
 */
final class Nnpack {

  private static final Logger LOG = Logger.getLogger(Nnpack.class);

  /** {@code at::globalContext()}. */
  private static final String GLOBAL_CONTEXT = "_ZN2at13globalContextEv";

  /** {@code at::Context::setUserEnabledNNPACK(bool)}. */
  private static final String SET_ENABLED = "_ZN2at7Context20setUserEnabledNNPACKEb";

  private Nnpack() {}

  /** Turns it off where that can be done; the library of libtorch has to be loaded. */
  static void turnOff() {
    try {
      TorchLibrary torch = TorchLibrary.open();
      Pointer context = torch.function(GLOBAL_CONTEXT).invokePointer(new Object[0]);
      torch.function(SET_ENABLED).invokeVoid(new Object[] {context, false});
    } catch (UnsatisfiedLinkError e) {
      // All that is lost is a quiet error stream.
      LOG.debugf("NNPACK stays on: %s", e.getMessage());
    }
  }
}
