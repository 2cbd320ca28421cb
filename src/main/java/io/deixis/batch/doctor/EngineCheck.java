package io.deixis.batch.doctor;

import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.EngineProbe;

/** Whether the engine's native library loads. */
public final class EngineCheck implements Check {

  private static final String NAME = "Engine";

  @Override
  public Finding run() {
    try {
      EngineProbe probe = EngineProbe.run();
      return Finding.ok(NAME, probe.name() + " " + probe.version());
    } catch (EngineException absent) {
      return Finding.failed(NAME, absent.problem(), absent.remedy());
    }
  }
}
