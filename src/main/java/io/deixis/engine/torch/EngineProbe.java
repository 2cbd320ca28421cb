package io.deixis.engine.torch;

/**
 * The engine's name and version.
 *
 * @param name the engine's name
 * @param version the native library's version
 * @param gpuCount GPUs that it sees
 */
public record EngineProbe(String name, String version, int gpuCount) {

  /**
   * Starts the engine and asks it.
   *
   * @throws EngineException if its native library cannot be loaded
   */
  public static EngineProbe run() {
    TorchEngine engine = TorchEngine.start(0);
    return new EngineProbe(TorchEngine.NAME, engine.version(), engine.gpuCount());
  }
}
