package io.deixis.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What thresholds buy on a split: how scores tell right boxes from wrong ones, of all phrases and
 * of each entity type.
 *
 * @param split the split's name
 * @param images how many it has
 * @param calibration from logits to the scores of this report
 * @param figures the metrics of all boxes
 * @param all how the scores of all boxes spread
 * @param types how the scores of the boxes of each entity type spread, those with more phrases
 *     first
 */
public record ScoreReport(
    String split,
    int images,
    Calibration calibration,
    ScoreMetrics figures,
    ScoreDistribution all,
    Map<String, ScoreDistribution> types) {

  /** Copies the map, keeping its order. */
  public ScoreReport {
    Objects.requireNonNull(calibration);
    Objects.requireNonNull(figures);
    Objects.requireNonNull(all);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /**
   * Judges the boxes of a model's answers.
   *
   * @param split the split's name
   * @param images how many it has
   * @param cases all boxes, at least one
   * @param byType the boxes of each entity type, those with more phrases first
   * @param calibration of the model
   * @param threshold of the model, a calibrated score
   */
  public static ScoreReport of(
      String split,
      int images,
      List<BoxCase> cases,
      Map<String, List<BoxCase>> byType,
      Calibration calibration,
      double threshold) {
    Map<String, ScoreDistribution> types = new LinkedHashMap<>();
    byType.forEach((type, boxes) -> types.put(type, ScoreDistribution.of(boxes, calibration)));
    return new ScoreReport(
        split,
        images,
        calibration,
        ScoreMetrics.of(cases, calibration, threshold),
        ScoreDistribution.of(cases, calibration),
        types);
  }
}
