package io.deixis.engine.torch;

import com.sun.jna.Function;

/** The switch of libtorch's autocast, which belongs to the calling thread. */
final class Autocast {

  /** {@code at::autocast::set_autocast_enabled(at::DeviceType, bool)}. */
  private static final String SET_ENABLED =
      "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb";

  /** {@code at::autocast::set_autocast_dtype(at::DeviceType, at::ScalarType)}. */
  private static final String SET_TYPE =
      "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE";

  private static final byte CPU = 0;
  private static final byte CUDA = 1;

  // JNA would hand over Java's true as -1, which is no bool of C++.
  private static final byte TRUE = 1;
  private static final byte FALSE = 0;

  private final Function setEnabled;
  private final Function setType;
  private final byte device;
  private final byte scalarType;

  /**
   * Finds the switch.
   *
   * @param gpu whether operations on a GPU are meant, or those on the CPU
   * @param scalarType of {@code c10::ScalarType}
   * @throws UnsatisfiedLinkError if this build of libtorch has none by these names
   */
  Autocast(TorchLibrary torch, boolean gpu, byte scalarType) {
    this.setEnabled = torch.function(SET_ENABLED);
    this.setType = torch.function(SET_TYPE);
    this.device = gpu ? CUDA : CPU;
    this.scalarType = scalarType;
  }

  void on() {
    setType.invokeVoid(new Object[] {device, scalarType});
    setEnabled.invokeVoid(new Object[] {device, TRUE});
  }

  void off() {
    setEnabled.invokeVoid(new Object[] {device, FALSE});
  }
}
