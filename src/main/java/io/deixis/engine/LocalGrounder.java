package io.deixis.engine;

import io.deixis.dataset.DatasetException;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Sha256;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.EngineException;
import io.deixis.evaluation.Calibration;
import io.deixis.evaluation.bundle.BundleEvaluation;
import io.deixis.evaluation.bundle.EvaluationFolder;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingException.Reason;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.ResolvedQuery;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Grounds with a model in this process. */
@ApplicationScoped
public class LocalGrounder implements Grounder {

  private static final String WARM_UP_CAPTION = "A grey square on a wall.";

  private static final Logger LOG = Logger.getLogger(LocalGrounder.class);

  private final EngineSettings settings;
  private final ActiveModel models;
  private final GroundingLimits limits;
  private final CaptionChunker chunker;
  private final ImageDecoder decoder;
  private final ImageFeatureCache cache;
  private final Semaphore passes;
  private GroundingModel model;
  private volatile boolean closed;

  /** Creates a grounder; the model is loaded by the first call that needs it. */
  public LocalGrounder(
      EngineSettings settings, ActiveModel models, GroundingLimits limits, CaptionChunker chunker) {
    this.settings = settings;
    this.models = models;
    this.limits = limits;
    this.chunker = chunker;
    this.decoder = new ImageDecoder(limits.imageBytes(), limits.imagePixels());
    this.cache = new ImageFeatureCache(settings.imageCacheBytes());
    this.passes = new Semaphore(settings.concurrency(), true);
  }

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    Stopwatch watch = new Stopwatch();
    if (request.image() == null || request.image().length == 0) {
      throw new GroundingException(
          Reason.IMAGE_MISSING, "image", "The request has no image; send one as \"image\".");
    }
    ResolvedQuery query = ResolvedQuery.of(request.query(), chunker, limits);
    watch.lap("query");
    GroundingModel model = loaded();
    BundleManifest manifest = model.manifest();
    double threshold = request.options().threshold().resolve(manifest.thresholds());
    String key = Sha256.of(request.image());
    Optional<ImageFeatures> remembered = cache.get(key);
    UprightImage image = remembered.isPresent() ? null : decoder.decode(request.image());
    watch.lap("decode");
    List<PhraseMatches> matches;
    ImageFeatures features;
    awaitPass(request.context().deadline());
    try {
      refuseIfClosed();
      features = remembered.isPresent() ? remembered.get() : model.look(image, watch);
      matches = model.match(features, inContext(query), watch);
    } finally {
      passes.release();
    }
    if (remembered.isEmpty()) {
      cache.put(key, features);
    }
    List<GroundedPhrase> grounded = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      PhraseMatches best = matches.get(i).best(request.options().nms(), request.options().top());
      grounded.add(answer(query.phrases().get(i), best, manifest.calibration(), threshold));
    }
    return new GroundingAnswer(
        features.width(),
        features.height(),
        query.caption(),
        grounded,
        threshold,
        new GroundingAnswer.ModelReference(manifest.name(), manifest.version()),
        new Timings(watch.laps(), watch.total(), remembered.isPresent()));
  }

  @Override
  public ModelDescription model() {
    BundleManifest manifest = loaded().manifest();
    return new ModelDescription(
        manifest.name(),
        manifest.version(),
        manifest.description(),
        manifest.licence(),
        manifest.thresholds(),
        manifest.metrics());
  }

  /**
   * A phrase of a caption is read in it; its own words may be only part of what the span covers.
   */
  private static List<ContextualPhrase> inContext(ResolvedQuery query) {
    return query.phrases().stream()
        .map(
            phrase ->
                query
                    .caption()
                    .flatMap(
                        caption ->
                            phrase
                                .span()
                                .map(
                                    span ->
                                        new ContextualPhrase(
                                            phrase.text(), caption, span.start(), span.end())))
                    .orElseGet(() -> ContextualPhrase.alone(phrase.text())))
        .toList();
  }

  @Override
  public ModelProfile profile() {
    ModelBundle bundle = new ModelBundle(models.directory(), loaded().manifest());
    return new ModelProfile(
        model(), bundle.manifest().provenance(), bundle.card(), evaluation(bundle));
  }

  /** What cannot be read is not told; the model answers all the same. */
  private static BundleEvaluation evaluation(ModelBundle bundle) {
    try {
      return EvaluationFolder.of(bundle.directory()).read(bundle.manifest().calibration());
    } catch (DatasetException unreadable) {
      LOG.warn(unreadable.getMessage());
      return BundleEvaluation.NONE;
    }
  }

  private static GroundedPhrase answer(
      Phrase phrase, PhraseMatches best, Calibration calibration, double threshold) {
    List<ScoredBox> boxes = new ArrayList<>();
    for (int i = 0; i < best.boxes().size(); i++) {
      double score = calibration.probability(best.logits().get(i));
      if (score >= threshold) {
        boxes.add(new ScoredBox(best.boxes().get(i), score));
      }
    }
    return new GroundedPhrase(phrase, calibration.probability(best.logits().get(0)), boxes);
  }

  private void awaitPass(Optional<Deadline> deadline) {
    if (deadline.isEmpty()) {
      passes.acquireUninterruptibly();
      return;
    }
    try {
      if (passes.tryAcquire(deadline.get().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new GroundingException(
        Reason.DEADLINE_EXCEEDED,
        null,
        "The time that the request allows was over before its turn came; try again, or allow more.");
  }

  private synchronized GroundingModel loaded() {
    refuseIfClosed();
    if (model == null) {
      model = load();
    }
    return model;
  }

  private GroundingModel load() {
    try {
      GroundingModel fresh = models.load();
      fresh.warmUp();
      chunker.chunk(WARM_UP_CAPTION);
      return fresh;
    } catch (BundleException | EngineException e) {
      LOG.debug("The model cannot be loaded", e);
      throw new GroundingException(Reason.NOT_READY, null, e.getMessage(), e);
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new GroundingException(
          Reason.NOT_READY, null, "The service is shutting down; send the request again later.");
    }
  }

  /** Lets passes that run finish: closing a model under them would end the process. */
  @PreDestroy
  synchronized void close() {
    passes.acquireUninterruptibly(settings.concurrency());
    closed = true;
    passes.release(settings.concurrency());
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
