package io.deixis.engine.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.matching.MatcherSpec;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.matching.RecognisingMatcher;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.files.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The parts that a model is made of, and every number that follows from them.
 *
 * @param backbone sees the image
 * @param phraseEncoder reads phrases
 * @param matcher tells which regions a phrase means
 */
public record Architecture(BackboneSpec backbone, EncoderSpec phraseEncoder, MatcherSpec matcher) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What bundles of schema 1 have. */
  public static final Architecture STANDARD = standard();

  private static final MatcherSpec TRAINED =
      new MatcherSpec(
          RecognisingMatcher.KIND,
          Map.of(
              "width", 256,
              "hidden", 512,
              "pieces", 128,
              "rank", 64,
              "recognition", 192,
              "recognition hidden", 384,
              "presence", 128,
              "rivals", 8));

  /**
   * Checks that the parts are there and fit.
   *
   * @throws IllegalArgumentException if they do not; the message is the end of a sentence
   */
  public Architecture {
    if (backbone == null || phraseEncoder == null || matcher == null) {
      throw new IllegalArgumentException("it lacks backbone, phraseEncoder or matcher");
    }
    typeOf(backbone, phraseEncoder, matcher);
  }

  /**
   * Returns the same architecture with all weights in full precision: training does not depend on
   * how precisely a bundle stores them.
   */
  public Architecture inFullPrecision() {
    return new Architecture(backbone.inFullPrecision(), phraseEncoder, matcher);
  }

  /** Returns how regions are described. */
  public RegionFeatures regions() {
    return new RegionFeatures(backbone);
  }

  /** Returns the matcher without its weights. */
  public MatcherType matcherType() {
    return typeOf(backbone, phraseEncoder, matcher);
  }

  private static MatcherType typeOf(
      BackboneSpec backbone, EncoderSpec phraseEncoder, MatcherSpec matcher) {
    return MatcherType.of(
        matcher,
        new MatcherType.Inputs(
            new RegionFeatures(backbone).size(),
            phraseEncoder.dimension(),
            backbone.words().stream().map(BackboneSpec.Words::size).toList()));
  }

  /** Returns what is trained with a backbone. */
  public static Architecture of(BackboneSpec backbone) {
    return new Architecture(backbone, STANDARD.phraseEncoder(), TRAINED);
  }

  /**
   * Returns what a training is made of that starts from a graph. The backbone is described by the
   * JSON file of the graph's name beside it ({@code detector.json} for {@code detector.pt}), or by
   * the manifest of the bundle that the graph is in; without either it is that of {@link
   * #STANDARD}. A description may also name the phrase encoder to train with. What it tells of the
   * graph's origin is read by {@link GraphOrigin}.
   *
   * @throws BundleException if the description does not fit
   */
  public static Architecture startingFrom(Path graph) {
    Path beside = descriptionOf(graph);
    if (Files.isRegularFile(beside)) {
      try {
        JsonNode description = JSON.readTree(Files.readString(beside));
        EncoderSpec encoder = STANDARD.phraseEncoder();
        if (description instanceof ObjectNode fields) {
          fields.remove(List.of("origin", "licence"));
          JsonNode named = fields.remove("phraseEncoder");
          encoder = named == null ? encoder : JSON.treeToValue(named, EncoderSpec.class);
        }
        return new Architecture(
            JSON.treeToValue(description, BackboneSpec.class), encoder, TRAINED);
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new BundleException(
            "The file %s does not describe a backbone: %s".formatted(beside, reason(e)),
            "docs/backbones.md tells how.",
            e);
      } catch (IOException e) {
        throw new BundleException("The file " + beside + " cannot be read", "check its rights.", e);
      }
    }
    Path folder = graph.toAbsolutePath().getParent();
    return of(
        graph.endsWith(ModelBundle.BACKBONE)
                && Files.isRegularFile(folder.resolve(ModelBundle.MANIFEST))
            ? ModelBundle.readManifest(folder).architecture().backbone()
            : STANDARD.backbone());
  }

  /** Returns the file that describes a graph, beside it. */
  static Path descriptionOf(Path graph) {
    String name = graph.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return graph.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  /** Returns what is wrong, as the end of a sentence. */
  static String reason(Exception failure) {
    if (failure instanceof JsonMappingException mapping) {
      if (mapping.getCause() instanceof IllegalArgumentException e) {
        return e.getMessage();
      }
      String field =
          mapping.getPath().stream()
              .map(step -> step.getFieldName() == null ? "a list" : step.getFieldName())
              .collect(Collectors.joining("."));
      if (mapping.getCause() instanceof NullPointerException) {
        return "something is missing" + (field.isEmpty() ? "" : " in " + field);
      }
      return field.isEmpty() ? JsonFields.problem(mapping) : field + " is not what it should be";
    }
    return failure instanceof JsonProcessingException json
        ? JsonFields.problem(json)
        : failure.getMessage();
  }

  private static Architecture standard() {
    try (InputStream json = Architecture.class.getResourceAsStream("standard-architecture.json")) {
      return JSON.readValue(Objects.requireNonNull(json, "resource"), Architecture.class);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
