package io.deixis.engine.bundle;

import io.deixis.evaluation.Calibration;
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
 * @param architecture numbers that the code must agree with, by name
 * @param calibration from logits to scores
 * @param thresholds scores by name ({@code best}, {@code default})
 * @param metrics figures of the evaluation on the validation split, shares in [0, 1]
 * @param provenance where weights and data came from, by name
 */
public record BundleManifest(
    int schema,
    String name,
    String version,
    String description,
    String licence,
    Map<String, String> files,
    Map<String, Integer> architecture,
    Calibration calibration,
    Map<String, Double> thresholds,
    Map<String, Double> metrics,
    Map<String, String> provenance) {

  /** The schema version that this code reads and writes. */
  public static final int SCHEMA = 1;

  /**
   * Copies the maps, keeping their order.
   *
   * @throws NullPointerException if anything is missing
   */
  public BundleManifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(calibration, "calibration");
    files = copy(files);
    architecture = copy(architecture);
    thresholds = copy(thresholds);
    metrics = copy(metrics);
    provenance = copy(provenance);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
