package io.deixis.engine.bundle;

import io.deixis.metrics.Calibration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code bundle.json} says.
 *
 * @param schema version of this layout; 1 to {@value #SCHEMA} are read here
 * @param name the bundle's name, that of its folder
 * @param version the model's version
 * @param description one sentence
 * @param licence licence of the weights and the terms of the data
 * @param files SHA-256 of every file, hexadecimal, by name
 * @param architecture the parts of the model with all their numbers
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
    Architecture architecture,
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

  /** The name of the threshold with the best F1. */
  public static final String BEST = "best";

  /**
   * Copies the maps, keeping their order. Metrics that are no numbers are left out.
   *
   * @throws NullPointerException if anything is missing
   * @throws IllegalArgumentException if the name is none that a folder may have, a threshold is not
   *     within [0, 1], or the calibration is no number
   */
  public BundleManifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(architecture, "architecture");
    if (!name.matches(PLAIN_NAME)) {
      throw new IllegalArgumentException("its name is none that a folder should have");
    }
    if (!Double.isFinite(calibration.scale()) || !Double.isFinite(calibration.bias())) {
      throw new IllegalArgumentException("its calibration is no number");
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

  /** Returns the name of the threshold with the best F1 for an entity type. */
  public static String bestOf(String type) {
    return BEST + "/" + type;
  }

  /** Returns this manifest with another calibration. */
  public BundleManifest withCalibration(Calibration other) {
    return with(other, thresholds, provenance);
  }

  /** Returns this manifest with other thresholds. */
  public BundleManifest withThresholds(Map<String, Double> others) {
    return with(calibration, others, provenance);
  }

  /** Returns this manifest with one more note of where something came from. */
  public BundleManifest withProvenance(String what, String from) {
    Map<String, String> more = new LinkedHashMap<>(provenance);
    more.put(what, from);
    return with(calibration, thresholds, more);
  }

  private BundleManifest with(
      Calibration otherCalibration,
      Map<String, Double> otherThresholds,
      Map<String, String> otherProvenance) {
    return new BundleManifest(
        schema,
        name,
        version,
        description,
        licence,
        files,
        architecture,
        otherCalibration,
        otherThresholds,
        metrics,
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
