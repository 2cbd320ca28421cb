package io.deixis.batch.doctor;

import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchEngine;

/** Whether the device that {@code deixis.engine.device} asks for is there. */
public final class DeviceCheck implements Check {

  private static final String NAME = "Device";

  private final String asked;

  /**
   * Creates the check.
   *
   * @param asked what {@code deixis.engine.device} says
   */
  public DeviceCheck(String asked) {
    this.asked = asked;
  }

  @Override
  public Finding run() {
    try {
      TorchEngine engine = TorchEngine.start(0);
      engine.device(asked);
      return Finding.ok(
          NAME,
          "%s (deixis.engine.device), %d CPU cores, %d GPUs seen"
              .formatted(asked, Runtime.getRuntime().availableProcessors(), engine.gpuCount()));
    } catch (EngineException absent) {
      return Finding.failed(NAME, absent.problem(), absent.remedy());
    }
  }
}
