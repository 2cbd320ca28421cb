package io.deixis.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.deixis.metrics.AbsenceMetrics;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ScoreMetrics;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All results of a model on a split: the machine-readable side of its report.
 *
 * @param subject what was evaluated
 * @param recall Recall@k of the predictions
 * @param candidates recall of the candidate regions before they are refined; its upper bound is
 *     that of matching
 * @param scores how well scores tell right boxes from wrong ones
 * @param every recall where every truth box of a phrase has to be met
 * @param absence how well phrases of other images are recognised as absent; null if none was asked
 *     for
 * @param absent how well absent phrases are recognised, by their origin
 * @param outcomes how many phrases had each outcome
 * @param outcomesByType the same by entity type, those with more phrases first
 */
public record SplitReport(
    @JsonUnwrapped Subject subject,
    GroundingScore recall,
    RecallTable candidates,
    RecallTable every,
    ScoreMetrics scores,
    AbsenceMetrics absence,
    AbsenceTable absent,
    Map<Outcome, Long> outcomes,
    Map<String, Map<Outcome, Long>> outcomesByType) {

  /**
   * What was evaluated.
   *
   * @param model the bundle's name
   * @param version the bundle's version
   * @param split the split's name
   * @param calibration from logits to scores
   * @param threshold of best F1, a calibrated score
   */
  public record Subject(
      String model, String version, String split, Calibration calibration, double threshold) {}

  /**
   * Judges a model's answers.
   *
   * @param subject what was evaluated
   * @param result recall of its predictions and of its candidate regions
   * @param answers its answers, at least one with a box
   * @param absent how it tells absent phrases
   */
  public static SplitReport of(
      Subject subject, ModelEvaluation.Result result, EvaluatedSplit answers, AbsenceTable absent) {
    Map<String, Map<Outcome, Long>> byType = new LinkedHashMap<>();
    answers.types().keySet().forEach(t -> byType.put(t, outcomes(answers.ofType(t).phrases())));
    return new SplitReport(
        subject,
        result.score(),
        result.candidates(),
        result.every(),
        ScoreMetrics.of(answers.boxCases(), subject.calibration(), subject.threshold()),
        AbsenceMetrics.of(
            answers.presentLogits(),
            answers.absentLogits(),
            subject.calibration(),
            subject.threshold()),
        absent,
        outcomes(answers.phrases()),
        byType);
  }

  private static Map<Outcome, Long> outcomes(List<PhraseCase> phrases) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, 0L);
    }
    phrases.forEach(phrase -> counts.merge(phrase.outcome(), 1L, Long::sum));
    return counts;
  }
}
