package io.deixis.engine;

import ai.djl.Device;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchEngine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Opens and loads the bundles that the settings point at. */
@ApplicationScoped
public class ActiveModel {

  private final EngineSettings engine;
  private final ModelSettings models;
  private final Set<String> more = ConcurrentHashMap.newKeySet();

  /** Creates it; nothing is read yet. */
  public ActiveModel(EngineSettings engine, ModelSettings models) {
    this.engine = engine;
    this.models = models;
  }

  /**
   * Returns the folder of the bundle called {@code name}.
   *
   * @throws BundleException if no folder can have this name
   */
  public Path directory(String name) {
    try {
      return models.directory().resolve(name);
    } catch (InvalidPathException noFolder) {
      throw BundleException.absent(models.directory() + "/" + name);
    }
  }

  /** Returns the names of the active bundles, the default first. */
  public List<String> names() {
    return Stream.concat(models.active().stream().map(String::strip), more.stream())
        .distinct()
        .toList();
  }

  /** Makes a bundle an active one that the settings do not name. */
  public void include(String name) {
    more.add(name);
  }

  /** Returns the folder of the default bundle. */
  public Path directory() {
    return directory(names().get(0));
  }

  /**
   * Opens a bundle, its files verified.
   *
   * @param name of the bundle; null for the default one
   * @throws BundleException if a file is missing or changed
   */
  public ModelBundle bundle(String name) {
    return ModelBundle.open(name == null ? directory() : directory(name));
  }

  /** Returns the bytes that the weights of loaded models may take together. */
  long memory() {
    return models.memory();
  }

  /**
   * Loads the default bundle onto the configured device; the caller closes it.
   *
   * @throws BundleException if the bundle cannot be used
   * @throws EngineException if the engine cannot be started or there is no such device
   */
  public GroundingModel load() {
    return load(directory());
  }

  /** Loads the bundle in {@code directory}, as {@link #load()} does. */
  public GroundingModel load(Path directory) {
    return load(ModelBundle.open(directory));
  }

  /**
   * Loads an opened bundle with the configured precision and runtime, as {@link #load()} does.
   *
   * @throws BundleException if its files do not hold what they should
   */
  public GroundingModel load(ModelBundle bundle) {
    return GroundingModel.load(bundle, device(), engine.precision(), engine.runtime());
  }

  /**
   * Takes a share in a phrase encoder on the configured device; the caller closes it.
   *
   * @throws EngineException if it is not known or cannot be loaded
   */
  PhraseEncoder encoder(EncoderSpec spec) {
    return PhraseEncoder.load(spec, device());
  }

  /**
   * Starts the engine with the configured threads and returns the configured device.
   *
   * @throws EngineException if the engine cannot be started or there is no such device
   */
  public Device device() {
    return device(engine.device());
  }

  /**
   * Starts the engine with the configured threads and returns the device called {@code name}, as
   * {@link EngineSettings#device} names them.
   *
   * @throws EngineException if the engine cannot be started or there is no such device
   */
  public Device device(String name) {
    int threads = engine.threads();
    if (threads == 0) {
      threads = Math.max(1, Runtime.getRuntime().availableProcessors() / engine.concurrency());
    }
    return TorchEngine.start(threads).device(name);
  }
}
