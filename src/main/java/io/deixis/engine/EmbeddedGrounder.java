package io.deixis.engine;

import io.deixis.grounding.CandidateModel;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Query;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.grounding.requests.ThresholdConfig;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in a program of one's own, without the service:
 *
 * <pre>{@code
 * try (EmbeddedGrounder grounder = EmbeddedGrounder.open(Path.of("models/deixis-small"))) {
 *   byte[] photo = Files.readAllBytes(Path.of("photo.jpg"));
 *   for (GroundedPhrase phrase : grounder.ground(photo, "a red car", "the man on the left").phrases()) {
 *     for (ScoredBox box : phrase.boxes()) {
 *       System.out.println(phrase.phrase().text() + " " + box.score() + " " + box.box());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe. Features of the images seen last are kept, so that a further question about one
 * costs little.
 */
public final class EmbeddedGrounder implements AutoCloseable {

  private final LocalGrounder grounder;
  private final GroundingService service;

  private EmbeddedGrounder(LocalGrounder grounder, GroundingService service) {
    this.grounder = grounder;
    this.service = service;
  }

  /**
   * Loads a bundle, onto a GPU if there is one.
   *
   * @param bundle the folder that holds {@code bundle.json}
   * @throws GroundingException if the bundle or the engine cannot be used; the message says what
   *     mends it
   */
  public static EmbeddedGrounder open(Path bundle) {
    return open(bundle, Map.of());
  }

  /**
   * As the other method, with settings other than their defaults.
   *
   * @param settings values by name: {@code deixis.engine.*}, {@code deixis.limits.*} and {@code
   *     deixis.thresholds.*}
   */
  public static EmbeddedGrounder open(Path bundle, Map<String, String> settings) {
    Path folder = bundle.toAbsolutePath().normalize();
    Map<String, String> values = new HashMap<>(settings);
    values.put("deixis.models.directory", folder.getParent().toString());
    values.put("deixis.models.active", folder.getFileName().toString().replace(",", "\\,"));
    SmallRyeConfig config = config(values);
    GroundingLimits limits = config.getConfigMapping(GroundingLimits.class);
    EngineSettings engine = config.getConfigMapping(EngineSettings.class);
    OpenNlpCaptionChunker language = new OpenNlpCaptionChunker();
    LocalGrounder grounder =
        new LocalGrounder(
            engine,
            new ActiveModel(engine, config.getConfigMapping(ModelSettings.class)),
            limits,
            language,
            new EnglishQueryReader(language),
            new SimpleMeterRegistry());
    grounder.checkReady(); // loads it, so that a broken bundle is told here
    return new EmbeddedGrounder(
        grounder,
        new GroundingService(grounder, limits, config.getConfigMapping(ThresholdConfig.class)));
  }

  /**
   * Returns the limits that a grounder with these settings keeps to.
   *
   * @param settings as {@link #open(Path, Map)} takes them
   */
  public static GroundingLimits limits(Map<String, String> settings) {
    return config(settings).getConfigMapping(GroundingLimits.class);
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        // reads "60s" as Quarkus does
        .withConverter(
            Duration.class,
            Integer.MAX_VALUE,
            text -> Duration.parse(text.startsWith("P") ? text : "PT" + text))
        .withMapping(EngineSettings.class)
        .withMapping(ModelSettings.class)
        .withMapping(GroundingLimits.class)
        .withMapping(ThresholdConfig.class)
        .withDefaultValues(values)
        .build();
  }

  /**
   * Grounds phrases in an image.
   *
   * @param image the bytes of a JPEG, PNG, WebP, GIF or BMP file
   * @param phrases what to look for, each by itself
   * @return for each phrase its boxes in pixels of the upright image, with calibrated scores from
   *     the bundle's threshold on
   * @throws GroundingException if the request cannot be answered; the message says why
   */
  public GroundingAnswer ground(byte[] image, String... phrases) {
    return ground(
        new GroundingRequest(
            image, new Query.Phrases(List.of(phrases)), GroundingOptions.DEFAULTS));
  }

  /**
   * Answers a request with options, a deadline or a cancellation of its own.
   *
   * @throws GroundingException if the request cannot be answered; the message says why
   */
  public GroundingAnswer ground(GroundingRequest request) {
    return grounder.ground(request);
  }

  /**
   * Answers requests as the service and the command line do: checks each, and tells of each phrase
   * whether it is found, unsure or absent.
   */
  public GroundingService service() {
    return service;
  }

  /** Gives every candidate of the model with its raw score, for those who judge it. */
  public CandidateModel candidates() {
    return grounder.candidates();
  }

  /** Describes the model. */
  public ModelDescription model() {
    return grounder.model();
  }

  /** Lets what runs finish, and frees the model. */
  @Override
  public void close() {
    grounder.close();
  }
}
