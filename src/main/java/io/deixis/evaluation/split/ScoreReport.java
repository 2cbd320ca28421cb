package io.deixis.evaluation.split;

import io.deixis.evaluation.Calibration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What thresholds buy on a split: how scores tell right boxes from wrong ones, of all phrases and
 * of each entity type.
 *
 * @param split the split's name
 * @param images how many it has
 * @param calibration from logits to the scores of this report
 * @param figures of all boxes
 * @param all how the scores of all boxes spread
 * @param types how the scores of the boxes of each entity type spread, those with more phrases
 *     first
 */
public record ScoreReport(
    String split,
    int images,
    Calibration calibration,
    ScoreFigures figures,
    ScoreDistribution all,
    Map<String, ScoreDistribution> types) {

  /** Copies the map, keeping its order. */
  public ScoreReport {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /**
   * Judges a model's answers.
   *
   * @param split the split's name
   * @param images how many it has
   * @param answers at least one with a box
   * @param calibration of the model
   * @param threshold of the model, a calibrated score
   */
  public static ScoreReport of(
      String split, int images, EvaluatedSplit answers, Calibration calibration, double threshold) {
    List<EvaluatedSplit.BoxCase> cases = answers.boxCases();
    Map<String, ScoreDistribution> types = new LinkedHashMap<>();
    answers
        .types()
        .keySet()
        .forEach(
            type ->
                types.put(
                    type, ScoreDistribution.of(answers.ofType(type).boxCases(), calibration)));
    return new ScoreReport(
        split,
        images,
        calibration,
        ScoreFigures.of(cases, calibration, threshold),
        ScoreDistribution.of(cases, calibration),
        types);
  }
}
