package io.deixis.archive;

import io.deixis.engine.EmbeddedGrounder;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The one model of an executor: the first task that needs it loads it and warms it up, all others
 * share it. A task's passes have the cores that Spark gives to a task, so that an executor computes
 * on its own cores and no more.
 */
final class ExecutorModel {

  private static final int IMAGES_OF_A_GPU_PASS = 16;

  private static ExecutorModel loaded;

  private final Key key;
  private final EmbeddedGrounder grounder;
  private final int photosInWork;

  private ExecutorModel(Key key, EmbeddedGrounder grounder, int photosInWork) {
    this.key = key;
    this.grounder = grounder;
    this.photosInWork = photosInWork;
  }

  /**
   * What is loaded.
   *
   * @param files the model
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpuN}; a GPU that Spark assigned
   *     goes before it
   * @param batch photos of a task that one pass encodes together at most; 0 for one on a CPU and
   *     {@value #IMAGES_OF_A_GPU_PASS} on a GPU
   * @param settings other settings of the grounder, by name
   */
  record Key(ModelFiles files, String device, int batch, Map<String, String> settings)
      implements Serializable {}

  /** Returns the executor's model; called by a task. */
  static synchronized ExecutorModel get(Key key) throws IOException {
    if (loaded == null || !loaded.key.equals(key)) {
      loaded = load(key, TaskContext.get());
    }
    return loaded;
  }

  private static ExecutorModel load(Key key, TaskContext task) throws IOException {
    ResourceInformation gpu = task.resourcesJMap().get("gpu");
    String device = gpu == null ? key.device : "gpu" + gpu.addresses()[0];
    boolean onGpu =
        device.startsWith("gpu")
            || device.equals("auto") && TorchEngine.start(task.cpus()).gpuCount() > 0;
    int batch = key.batch > 0 ? key.batch : onGpu ? IMAGES_OF_A_GPU_PASS : 1;
    Map<String, String> settings = new HashMap<>();
    settings.put("deixis.engine.device", device);
    settings.put("deixis.engine.threads", Integer.toString(task.cpus()));
    // On a CPU tasks are as many as cores, and each has a pass; a GPU computes one pass while
    // the photos of the next are decoded.
    settings.put(
        "deixis.engine.concurrency",
        Integer.toString(onGpu ? 2 : Runtime.getRuntime().availableProcessors()));
    settings.put("deixis.engine.batch-images", Integer.toString(batch));
    settings.put("deixis.engine.image-cache-bytes", "0"); // no photo comes twice
    settings.putAll(key.settings);
    EmbeddedGrounder grounder = EmbeddedGrounder.open(key.files.unpack(), settings);
    // A process that ends while a pass runs would crash in native code.
    Runtime.getRuntime().addShutdownHook(new Thread(grounder::close, "deixis-close"));
    return new ExecutorModel(key, grounder, batch == 1 ? 1 : 2 * batch);
  }

  /** Returns the grounder. */
  EmbeddedGrounder grounder() {
    return grounder;
  }

  /** Returns how many photos a task has in work at a time. */
  int photosInWork() {
    return photosInWork;
  }
}
