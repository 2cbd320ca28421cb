package io.deixis.engine.torch;

import ai.djl.Device;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mixed precision (Micikevicius et al., ICLR 2018) by libtorch's autocast: convolutions and matrix
 * products take the reduced precision, what would lose by it stays in single, and so do the
 * weights. Thread-safe; passes of other threads are not touched.
 */
public final class MixedPrecision {

  private final Optional<Autocast> autocast;

  private MixedPrecision(Optional<Autocast> autocast) {
    this.autocast = autocast;
  }

  /**
   * Prepares a precision; the engine has to be started.
   *
   * @param precision of convolutions and matrix products
   * @param device where they are computed
   * @throws EngineException if the engine's library does not offer it
   */
  public static MixedPrecision of(Precision precision, Device device) {
    if (precision == Precision.FLOAT32) {
      return new MixedPrecision(Optional.empty());
    }
    try {
      TorchLibrary torch = TorchLibrary.open();
      return new MixedPrecision(
          Optional.of(new Autocast(torch, device.isGpu(), precision.scalarType())));
    } catch (UnsatisfiedLinkError e) {
      throw new EngineException(
          "This build of libtorch does not offer " + precision.name().toLowerCase(Locale.ROOT),
          "set deixis.engine.precision=float32.",
          e);
    }
  }

  /** Does the work of a pass on this thread; what it returns may be of the reduced precision. */
  public <T> T run(Supplier<T> pass) {
    autocast.ifPresent(Autocast::on);
    try {
      return pass.get();
    } finally {
      autocast.ifPresent(Autocast::off);
    }
  }
}
