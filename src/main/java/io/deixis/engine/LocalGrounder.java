package io.deixis.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.files.Sha256;
import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.ResolvedQuery;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.grounding.relations.QueryAnswer;
import io.deixis.grounding.relations.Resolver;
import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import io.deixis.language.QueryReader;
import io.deixis.language.Reading;
import io.deixis.metrics.Calibration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.imageio.ImageIO;

/** Grounds with models in this process. */
@ApplicationScoped
public class LocalGrounder implements Grounder {

  private static final String WARM_UP_CAPTION = "A grey square on a wall.";

  /** A box, its two scores, and the references to them. */
  private static final long CANDIDATE_BYTES = 104;

  private final EngineSettings settings;
  private final ActiveModel models;
  private final GroundingLimits limits;
  private final CaptionChunker chunker;
  private final QueryReader reader;
  private final ImageDecoder decoder;
  private final EncodedImages encodedImages;
  private final Cache<AskedPhrases, EncodedPhrases> encodedPhrases;
  private final Cache<AskedImage, List<PhraseMatches>> matched;
  private final PassQueue passes;
  private final LoadedModels loaded;
  private final ModelDescriptions descriptions;
  private final MemoryGuard memory;
  private final GroundingMeters meters;
  private volatile boolean wasReady;

  /** Phrases that a model was asked together, by the number of the model's load. */
  private record AskedPhrases(long model, List<ContextualPhrase> phrases) {}

  /**
   * Phrases that a model was asked together of an image, by the image's key among those encoded.
   */
  private record AskedImage(String image, List<ContextualPhrase> phrases) {}

  /** Creates a grounder; each model is loaded by the first call that needs it. */
  public LocalGrounder(
      EngineSettings settings,
      ActiveModel models,
      GroundingLimits limits,
      CaptionChunker chunker,
      QueryReader reader,
      MeterRegistry registry) {
    this.settings = settings;
    this.models = models;
    this.limits = limits;
    this.chunker = chunker;
    this.reader = reader;
    this.decoder = new ImageDecoder(limits.imageBytes(), limits.imagePixels());
    this.encodedImages = new EncodedImages(settings.imageCacheBytes());
    this.encodedPhrases = cache(settings.phraseCacheBytes(), EncodedPhrases::bytes);
    this.matched =
        cache(
            settings.matchCacheBytes(),
            matches -> matches.stream().mapToLong(m -> CANDIDATE_BYTES * m.boxes().size()).sum());
    this.passes = new PassQueue(settings.concurrency());
    this.loaded = new LoadedModels(models, Math.max(1, settings.batchImages()), this::warmUp);
    this.descriptions = new ModelDescriptions(models, loaded);
    this.memory = new MemoryGuard(this::forget);
    this.meters = new GroundingMeters(registry);
    meters.watch(passes, loaded, encodedImages, encodedPhrases, matched);
  }

  private static <K, V> Cache<K, V> cache(long most, ToLongFunction<V> bytes) {
    return Caffeine.newBuilder()
        .maximumWeight(most)
        .<K, V>weigher((key, value) -> (int) Math.min(Integer.MAX_VALUE, bytes.applyAsLong(value)))
        .executor(Runnable::run)
        .build();
  }

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    Stopwatch watch = new Stopwatch();
    if (request.image() == null || request.image().length == 0) {
      throw new GroundingException(
          Reason.IMAGE_MISSING, "image", "The request has no image", "send one as \"image\"");
    }
    ResolvedQuery query = ResolvedQuery.of(request.query(), chunker, reader, limits);
    watch.lap("query");
    try (LoadedModels.Use model =
        loaded.use(descriptions.nameOf(request.model()), request.context())) {
      return memory.run(() -> ground(request, query, model, watch));
    } finally {
      meters.took(watch.laps());
    }
  }

  private GroundingAnswer ground(
      GroundingRequest request, ResolvedQuery query, LoadedModels.Use model, Stopwatch watch) {
    BundleManifest manifest = model.model().manifest();
    double threshold = request.options().threshold().resolve(manifest.thresholds());
    EncodedImages.Encoded image;
    List<PhraseMatches> matches;
    String key = model.number() + " " + Sha256.of(request.image());
    try (PassQueue.Turns turns = passes.turns(request.context())) {
      image = encodedImages.of(key, request.context(), () -> encode(request, model, turns, watch));
      watch.lap("wait");
      meters.asked("image", image.remembered());
      matches = match(key, image.features(), asked(query), model, turns, watch);
    }
    List<GroundedPhrase> grounded = new ArrayList<>();
    Optional<AnsweredReading> reading = Optional.empty();
    if (query.reading().isPresent()) {
      QueryAnswer read = read(request, query, threshold, image, matches, manifest.calibration());
      grounded.addAll(read.phrases());
      reading = Optional.of(read.reading());
    } else {
      for (int i = 0; i < matches.size(); i++) {
        PhraseMatches best = matches.get(i).best(request.options());
        grounded.add(answer(query.phrases().get(i), best, manifest.calibration(), threshold));
      }
    }
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(image.features().width(), image.features().height()),
        query.caption(),
        reading,
        threshold,
        grounded,
        new GroundingAnswer.ModelReference(
            descriptions.nameOf(request.model()), manifest.version()),
        new Timings(watch.laps(), watch.total(), image.remembered()));
  }

  /** What is read as one expression takes matches of several phrases: its nouns and its whole. */
  private static ResolvedQuery asked(ResolvedQuery query) {
    return query
        .reading()
        .map(Resolver::phrases)
        .map(texts -> texts.stream().map(Phrase::of).toList())
        .map(phrases -> new ResolvedQuery(Optional.empty(), phrases))
        .orElse(query);
  }

  private static QueryAnswer read(
      GroundingRequest request,
      ResolvedQuery query,
      double threshold,
      EncodedImages.Encoded image,
      List<PhraseMatches> matches,
      Calibration calibration) {
    Reading reading = query.reading().orElseThrow();
    List<String> texts = Resolver.phrases(reading);
    return QueryAnswer.of(
        query.phrases(),
        reading,
        text -> matches.get(texts.indexOf(text)),
        image.features().width(),
        image.features().height(),
        calibration,
        request.options(),
        threshold);
  }

  /**
   * Decodes before the pass, since a strange image may take long; what then waits for its turn is
   * no larger than the model needs it.
   */
  private ImageFeatures encode(
      GroundingRequest request, LoadedModels.Use model, PassQueue.Turns turns, Stopwatch watch) {
    UprightImage image = decoder.decode(request.image(), request.context());
    UprightImage reduced = model.model().reduced(image);
    watch.lap("decode");
    ImageBatcher.Pass pass =
        images -> {
          watch.lap("wait");
          meters.encoded(images.size());
          return model.model().encode(images, watch);
        };
    return model
        .batcher()
        .encode(reduced, pass, turns, request.context())
        .ofSize(image.width(), image.height());
  }

  /** Phrases take several turns where they are many, so that others need not wait for them all. */
  private List<PhraseMatches> match(
      String key,
      ImageFeatures features,
      ResolvedQuery query,
      LoadedModels.Use model,
      PassQueue.Turns turns,
      Stopwatch watch) {
    List<ContextualPhrase> phrases = ContextualPhrase.of(query);
    List<PhraseMatches> matches = new ArrayList<>(phrases.size());
    int most = Math.max(1, settings.phrasesPerPass());
    for (int from = 0; from < phrases.size(); from += most) {
      int to = Math.min(phrases.size(), from + most);
      AskedImage asked = new AskedImage(key, List.copyOf(phrases.subList(from, to)));
      List<PhraseMatches> known = matched.getIfPresent(asked);
      meters.asked("match", known != null);
      if (known == null) {
        known = match(features, asked.phrases(), model, turns, watch);
        matched.put(asked, known);
      }
      matches.addAll(known);
    }
    return matches;
  }

  private List<PhraseMatches> match(
      ImageFeatures features,
      List<ContextualPhrase> phrases,
      LoadedModels.Use model,
      PassQueue.Turns turns,
      Stopwatch watch) {
    turns.begin();
    try (turns) {
      watch.lap("wait");
      EncodedPhrases encoded = encoded(phrases, model);
      watch.lap("phrases");
      List<PhraseMatches> matches = model.model().match(features, encoded);
      watch.lap("matching");
      meters.matched(phrases.size());
      return matches;
    }
  }

  /**
   * Remembers vectors by all phrases of a turn together: what a phrase is encoded beside changes
   * its last bits, and the same request gets the same answer to the last bit.
   */
  private EncodedPhrases encoded(List<ContextualPhrase> phrases, LoadedModels.Use model) {
    AskedPhrases asked = new AskedPhrases(model.number(), phrases);
    EncodedPhrases known = encodedPhrases.getIfPresent(asked);
    meters.asked("phrase", known != null);
    if (known != null) {
      return known;
    }
    EncodedPhrases encoded = model.model().encode(phrases);
    encodedPhrases.put(asked, encoded);
    return encoded;
  }

  private void forget() {
    encodedImages.clear();
    encodedPhrases.invalidateAll();
    matched.invalidateAll();
  }

  @Override
  public ModelDescription model() {
    return model(Optional.empty());
  }

  @Override
  public ModelDescription model(Optional<String> name) {
    return descriptions.of(descriptions.nameOf(name));
  }

  @Override
  public List<ModelDescription> models() {
    return descriptions.all();
  }

  @Override
  public ModelProfile profile(Optional<String> name) {
    return descriptions.profile(descriptions.nameOf(name));
  }

  /** Loads the default model if it never was; later it may have made room for another. */
  @Override
  public void checkReady() {
    String name = descriptions.nameOf(Optional.empty());
    if (!wasReady) {
      loaded.use(name, RequestContext.NONE).close();
      wasReady = true;
    }
    descriptions.requireUnchanged(name);
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

  /** Returns every candidate of the default model, for those who judge it. */
  LocalCandidates candidates() {
    try (LoadedModels.Use use =
        loaded.use(descriptions.nameOf(Optional.empty()), RequestContext.NONE)) {
      return new LocalCandidates(use.model());
    }
  }

  /** Runs everything once, so that the first request takes no longer than others. */
  private void warmUp(GroundingModel model) {
    model.warmUp();
    decoder.decode(greyJpeg());
    meters.watch(models.device());
    chunker.chunk(WARM_UP_CAPTION);
    reader.read(WARM_UP_CAPTION);
  }

  /** What most people send, so that its decoder is loaded. */
  private static byte[] greyJpeg() {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return jpeg.toByteArray();
  }

  /** Lets passes that run finish: closing a model under them would end the process. */
  @PreDestroy
  void close() {
    passes.close();
    loaded.close();
  }
}
