package io.deixis.evaluation;

import io.deixis.metrics.BoxCase;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ThresholdSweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The thresholds of the best F1, of all boxes and of the boxes of each entity type, and the lower
 * limit of unsure answers. For all boxes the best F1 is one within {@value #F1_NOISE} of the
 * highest: of the thresholds that have it the lowest is taken, which misses least.
 *
 * @param all of all boxes
 * @param types by entity type, those with more phrases first; a type that has fewer than {@value
 *     #MIN_POSITIVES} boxes that meet the truth has none of its own
 * @param unsure the score from which phrases that are not found are unsure
 */
public record ThresholdTuning(
    ThresholdSweep.Result all, Map<String, TypeThreshold> types, UnsureLimit unsure) {

  /** With fewer positives than this, the best threshold is not known well enough. */
  public static final int MIN_POSITIVES = 50;

  /** Some hundred images tell F1 no better; of thresholds alike within this the lowest is taken. */
  public static final double F1_NOISE = 0.01;

  private static final double[] CURVE = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

  /**
   * A type's threshold.
   *
   * @param own the decisions about its boxes at the threshold that suits them best
   * @param common the decisions about its boxes at the threshold of all boxes
   */
  public record TypeThreshold(ThresholdSweep.Point own, ThresholdSweep.Point common) {}

  /**
   * Finds the thresholds.
   *
   * @throws IllegalStateException if no box was found for any phrase
   */
  public static ThresholdTuning of(EvaluatedSplit split, Calibration calibration) {
    ThresholdSweep swept = sweep(split.boxCases(), calibration);
    ThresholdSweep.Result all =
        new ThresholdSweep.Result(swept.compute(CURVE).curve(), swept.lowestWithin(F1_NOISE));
    Map<String, TypeThreshold> types = new LinkedHashMap<>();
    for (String type : split.types().keySet()) {
      List<BoxCase> cases = split.ofType(type).boxCases();
      if (cases.stream().filter(BoxCase::positive).count() >= MIN_POSITIVES) {
        ThresholdSweep.Result own = sweep(cases, calibration).compute(all.best().threshold());
        types.put(type, new TypeThreshold(own.best(), own.curve().get(0)));
      }
    }
    return new ThresholdTuning(
        all, types, UnsureLimit.of(split, calibration, all.best().threshold()));
  }

  private static ThresholdSweep sweep(List<BoxCase> cases, Calibration calibration) {
    ThresholdSweep sweep = new ThresholdSweep();
    cases.forEach(box -> sweep.update(calibration.probability(box.logit()), box.positive()));
    return sweep;
  }
}
