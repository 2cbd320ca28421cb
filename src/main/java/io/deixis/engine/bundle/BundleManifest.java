package io.deixis.engine.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.deixis.engine.published.DetectorSpec;
import io.deixis.grounding.ModelDescription;
import io.deixis.metrics.Calibration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code bundle.json} says.
 *
 * @param schema version of this layout; {@value #SCHEMA} is read here
 * @param name the bundle's name, that of its folder
 * @param version the model's version
 * @param description one sentence
 * @param licence licence of the weights and the terms of the data
 * @param files SHA-256 of every file, hexadecimal, by name
 * @param architecture the parts of a model trained here with all their numbers; null for another
 * @param detector a published detector; null for a model trained here
 * @param calibration from logits to scores
 * @param thresholds scores by name: {@value #BEST}, tuned on validation for the best F1 of all
 *     boxes; {@code default}; and the same as {@value #BEST} for the boxes of one entity type,
 *     under {@value #BEST}, a slash and the type ({@code best/people})
 * @param metrics of the evaluation on the validation split, shares in [0, 1]
 * @param provenance where weights and data came from, by name
 */
public record BundleManifest(
    int schema,
    String name,
    String version,
    String description,
    String licence,
    Map<String, String> files,
    @JsonInclude(JsonInclude.Include.NON_NULL) Architecture architecture,
    @JsonInclude(JsonInclude.Include.NON_NULL) DetectorSpec detector,
    Calibration calibration,
    Map<String, Double> thresholds,
    Map<String, Double> metrics,
    Map<String, String> provenance) {

  /** The schema version that is written; it and those before are read. */
  public static final int SCHEMA = 2;

  /** What bundles and their files may be called, as a regular expression. */
  static final String PLAIN_NAME = "[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N} ._()+-]{0,127}";

  /**
   * The provenance that names, apart by commas, the kinds of sibling phrases left out of training.
   */
  public static final String SIBLINGS_LEFT_OUT = "siblings left out";

  /**
   * Copies the maps, keeping their order. Metrics that are no numbers are left out.
   *
   * @throws NullPointerException if anything is missing
   * @throws IllegalArgumentException if the name is none that a folder may have, a threshold is not
   *     within [0, 1], or the calibration is no number or has no positive scale
   */
  @JsonCreator
  public BundleManifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(calibration, "calibration");
    if ((architecture == null) == (detector == null)) {
      throw new IllegalArgumentException("it has not one of architecture and detector");
    }
    if (!isName(name)) {
      throw new IllegalArgumentException("its name is not allowed as the name of a folder");
    }
    if (!Double.isFinite(calibration.scale()) || !Double.isFinite(calibration.bias())) {
      throw new IllegalArgumentException("its calibration is no number");
    }
    if (calibration.scale() <= 0) {
      throw new IllegalArgumentException("its calibration makes scores fall where logits rise");
    }
    thresholds.forEach(
        (threshold, value) -> {
          if (value == null || !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                "its threshold %s is not within 0 and 1".formatted(threshold));
          }
        });
    files = copy(files);
    thresholds = copy(thresholds);
    metrics = finite(metrics);
    provenance = copy(provenance);
  }

  /** Returns whether a bundle, and so its folder, may be called {@code name}. */
  public static boolean isName(String name) {
    return name.matches(PLAIN_NAME);
  }

  /** Returns the threshold with the best F1. */
  public double best() {
    return thresholds.getOrDefault(ModelDescription.BEST, ModelDescription.UNTUNED);
  }

  /** Returns this manifest with other files. */
  BundleManifest withFiles(Map<String, String> others) {
    return with(others, calibration, thresholds, metrics, provenance);
  }

  /** Returns this manifest with another calibration. */
  public BundleManifest withCalibration(Calibration other) {
    return with(files, other, thresholds, metrics, provenance);
  }

  /** Returns this manifest with other thresholds. */
  public BundleManifest withThresholds(Map<String, Double> others) {
    return with(files, calibration, others, metrics, provenance);
  }

  /** Returns this manifest with other metrics. */
  public BundleManifest withMetrics(Map<String, Double> others) {
    return with(files, calibration, thresholds, others, provenance);
  }

  /** Returns this manifest with one more note of where something came from. */
  public BundleManifest withProvenance(String what, String from) {
    Map<String, String> more = new LinkedHashMap<>(provenance);
    more.put(what, from);
    return with(files, calibration, thresholds, metrics, more);
  }

  private BundleManifest with(
      Map<String, String> otherFiles,
      Calibration otherCalibration,
      Map<String, Double> otherThresholds,
      Map<String, Double> otherMetrics,
      Map<String, String> otherProvenance) {
    return new BundleManifest(
        SCHEMA,
        name,
        version,
        description,
        licence,
        otherFiles,
        architecture,
        detector,
        otherCalibration,
        otherThresholds,
        otherMetrics,
        otherProvenance);
  }

  private static Map<String, Double> finite(Map<String, Double> numbers) {
    Map<String, Double> finite = new LinkedHashMap<>(numbers);
    finite.values().removeIf(value -> value == null || !Double.isFinite(value));
    return Collections.unmodifiableMap(finite);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
