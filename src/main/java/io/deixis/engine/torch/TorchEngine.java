package io.deixis.engine.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.deixis.engine.torch.EngineException.NoSuchDeviceException;

/** The PyTorch engine of DJL, started offline and without telemetry. */
public final class TorchEngine {

  /** DJL's name of the engine. */
  public static final String NAME = "PyTorch";

  private final Engine engine;

  private TorchEngine(Engine engine) {
    this.engine = engine;
  }

  /**
   * Starts the engine, once for the process; later calls return the same one, and their number of
   * threads has no effect.
   *
   * @param threads threads of one operation on the CPU, or 0 for the engine's default
   * @throws EngineException if the native library cannot be loaded
   */
  public static TorchEngine start(int threads) {
    setUnlessGiven("ai.djl.offline", "true");
    setUnlessGiven("OPT_OUT_TRACKING", "true");
    // Without the graph optimiser the first call costs what the hundredth costs.
    setUnlessGiven("ai.djl.pytorch.graph_optimizer", "false");
    if (threads > 0) {
      setUnlessGiven("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    try {
      Engine engine = Engine.getEngine(NAME);
      Nnpack.turnOff();
      JniUtils.getNumThreads(); // a thread that never asked sums small products in another order
      return new TorchEngine(engine);
    } catch (RuntimeException | LinkageError e) {
      throw EngineException.notLoaded(e);
    }
  }

  /** Returns the version of the native library. */
  public String version() {
    return engine.getVersion();
  }

  /** Returns how many threads one operation on the CPU has. */
  public int threads() {
    return JniUtils.getNumThreads();
  }

  /** Returns how many GPUs the engine sees. */
  public int gpuCount() {
    return engine.getGpuCount();
  }

  /**
   * Returns the device of that name.
   *
   * @param name {@code auto}, {@code cpu}, {@code gpu} or {@code gpu0}, {@code gpu1} …
   * @throws EngineException if the name is unknown or there is no such device
   */
  public Device device(String name) {
    if (name.equals("cpu") || name.equals("auto") && gpuCount() == 0) {
      return Device.cpu();
    }
    if (name.equals("auto")) {
      return Device.gpu(0);
    }
    if (!name.matches("gpu\\d{0,3}")) {
      throw new NoSuchDeviceException(
          "There is no device \"" + name + "\"", "name auto, cpu, gpu or gpuN");
    }
    int index = name.equals("gpu") ? 0 : Integer.parseInt(name.substring(3));
    if (index >= gpuCount()) {
      throw new NoSuchDeviceException(
          "There is no device " + name + " (GPUs seen: " + gpuCount() + ")",
          "use cpu, or install a CUDA build of libtorch "
              + version()
              + " and point PYTORCH_LIBRARY_PATH at it");
    }
    return Device.gpu(index);
  }

  /** Returns whether {@code failure} says that the engine got no memory for a tensor. */
  public static boolean isOutOfMemory(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof ai.djl.engine.EngineException
        && (message.contains("out of memory")
            || message.contains("can't allocate memory")
            || message.contains("bad_alloc")
            || message.contains("not enough memory"));
  }

  /** Makes every random draw of the engine follow from {@code seed}. */
  public void seed(int seed) {
    engine.setRandomSeed(seed);
  }

  private static void setUnlessGiven(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
