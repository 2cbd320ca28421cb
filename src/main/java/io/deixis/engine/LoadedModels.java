package io.deixis.engine;

import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.torch.EngineException;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The models that are loaded, together within a limit of memory. A model is loaded by its first
 * use. Those that were not used longest make room for it: they are closed once nobody uses them. A
 * phrase encoder that several models use is loaded, and counts, once. Thread-safe.
 */
final class LoadedModels implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LoadedModels.class);

  private final ActiveModel models;
  private final int batchImages;
  private final Consumer<GroundingModel> prepare;

  /** Models by name, in the order of their last use. */
  private final Map<String, Loaded> byName = new LinkedHashMap<>(16, 0.75f, true);

  /** Held by the thread that loads a model: one at a time, so that the limit holds. */
  private final Object loading = new Object();

  private long loads;
  private boolean closed;

  /**
   * Creates it; nothing is loaded yet.
   *
   * @param models opens and loads bundles
   * @param batchImages of several requests that one pass encodes at most
   * @param prepare gets every model that was loaded, before anybody uses it
   */
  LoadedModels(ActiveModel models, int batchImages, Consumer<GroundingModel> prepare) {
    this.models = models;
    this.batchImages = batchImages;
    this.prepare = prepare;
  }

  /**
   * The bytes of a model's weights.
   *
   * @param own those in the files of its bundle
   * @param encoder its phrase encoder, which other models may share; empty if it has its own
   * @param ofEncoder those of the phrase encoder
   */
  private record Weights(long own, Optional<EncoderSpec> encoder, long ofEncoder) {

    private static final Weights NONE = new Weights(0, Optional.empty(), 0);
  }

  /** A model from the request that loads it until it is closed. */
  private final class Loaded {

    private final long number;
    private final ImageBatcher batcher = new ImageBatcher(batchImages);
    private final CompletableFuture<GroundingModel> model = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private Weights weights = Weights.NONE;
    private int users;
    private boolean retired;

    Loaded(long number) {
      this.number = number;
    }

    /** Closes the model if it is retired and nobody uses it. */
    void closeIfUnused() {
      if (retired && users == 0 && !gone.isDone()) {
        model.join().close();
        gone.complete(null);
      }
    }
  }

  /** The use of a model, which stays loaded meanwhile. */
  final class Use implements AutoCloseable {

    private final Loaded loaded;

    private Use(Loaded loaded) {
      this.loaded = loaded;
    }

    /** Returns the model. */
    GroundingModel model() {
      return loaded.model.join();
    }

    /** Returns who shares passes over images of this model. */
    ImageBatcher batcher() {
      return loaded.batcher;
    }

    /** Returns what tells what this model computed from what others did, loaded before or after. */
    long number() {
      return loaded.number;
    }

    @Override
    public void close() {
      synchronized (LoadedModels.this) {
        loaded.users--;
        loaded.closeIfUnused();
      }
    }
  }

  /**
   * Returns a model to use, and loads it if it is not.
   *
   * @param name one of the active bundles
   * @throws GroundingException with reason {@code NOT_READY} if it cannot be loaded, {@code
   *     DEADLINE_EXCEEDED} if that takes longer than the request allows; it is loaded all the same
   */
  Use use(String name, RequestContext context) {
    Loaded loaded;
    boolean first;
    synchronized (this) {
      refuseIfClosed();
      loaded = byName.get(name);
      first = loaded == null;
      if (first) {
        loaded = new Loaded(loads++);
        byName.put(name, loaded);
      }
      loaded.users++;
    }
    Use use = new Use(loaded);
    if (first) {
      // By a thread of its own: who asked first waits no longer than others, and those go on.
      Loaded model = loaded;
      new Thread(() -> load(name, model), "load " + name).start();
    }
    try {
      Waits.await(loaded.model.copy(), context);
      return use;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failed.getCause();
    } catch (GroundingException late) {
      use.close();
      throw late;
    }
  }

  private void load(String name, Loaded loaded) {
    try {
      ModelBundle bundle = ModelBundle.open(models.directory(name));
      synchronized (loading) {
        loaded.model.complete(load(bundle, loaded));
      }
    } catch (BundleException | EngineException e) {
      LOG.debugf(e, "The model %s cannot be loaded", name);
      fail(name, loaded, new GroundingException(Reason.NOT_READY, null, e.getMessage(), null, e));
    } catch (RuntimeException | Error failure) {
      fail(name, loaded, failure);
    }
  }

  /** The encoder is taken before others make room, so that one that both use stays loaded. */
  private GroundingModel load(ModelBundle bundle, Loaded loaded) {
    Optional<EncoderSpec> spec =
        Optional.ofNullable(bundle.manifest().architecture()).map(Architecture::phraseEncoder);
    try (PhraseEncoder encoder = spec.map(models::encoder).orElse(null)) {
      makeRoom(loaded, new Weights(bundle.bytes(), spec, encoder == null ? 0 : encoder.bytes()));
      GroundingModel model = models.load(bundle);
      try {
        prepare.accept(model);
        return model;
      } catch (RuntimeException | Error failure) {
        model.close();
        throw failure;
      }
    }
  }

  /** The next request tries again. */
  private void fail(String name, Loaded loaded, Throwable failure) {
    synchronized (this) {
      byName.remove(name, loaded);
    }
    loaded.model.completeExceptionally(failure);
  }

  /** Retires models until the limit holds, and waits until they are closed. */
  private void makeRoom(Loaded loaded, Weights weights) {
    List<Loaded> retired = new ArrayList<>();
    synchronized (this) {
      loaded.weights = weights;
      Iterator<Map.Entry<String, Loaded>> others = byName.entrySet().iterator();
      while (bytes() > models.memory() && others.hasNext()) {
        Map.Entry<String, Loaded> other = others.next();
        Loaded victim = other.getValue();
        if (victim.model.isDone()) {
          LOG.infof("The model %s makes room for another", other.getKey());
          others.remove();
          victim.retired = true;
          victim.closeIfUnused();
          retired.add(victim);
        }
      }
    }
    retired.forEach(victim -> victim.gone.join());
  }

  /** Returns the bytes of all models' weights, those of a phrase encoder once. */
  synchronized long bytes() {
    Map<EncoderSpec, Long> encoders = new HashMap<>();
    long bytes = 0;
    for (Loaded loaded : byName.values()) {
      Weights weights = loaded.weights;
      weights.encoder.ifPresent(encoder -> encoders.put(encoder, weights.ofEncoder));
      bytes += weights.own;
    }
    return bytes + encoders.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns what the loaded model of this name says of itself; nothing if it is not loaded. */
  synchronized Optional<BundleManifest> manifest(String name) {
    // By the entries: asking the map for one would count as its use.
    return byName.entrySet().stream()
        .filter(entry -> entry.getKey().equals(name) && entry.getValue().model.isDone())
        .map(entry -> entry.getValue().model.join().manifest())
        .findFirst();
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new GroundingException(
          Reason.NOT_READY, null, "The service is shutting down", "send the request again later");
    }
  }

  /** Closes all models, those that are being loaded too. */
  @Override
  public void close() {
    List<Loaded> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(byName.values());
      byName.clear();
    }
    for (Loaded loaded : all) {
      Optional.ofNullable(loaded.model.exceptionally(failed -> null).join())
          .ifPresent(GroundingModel::close);
    }
  }
}
