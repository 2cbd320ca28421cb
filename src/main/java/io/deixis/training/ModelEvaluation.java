package io.deixis.training;

import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.PhraseMatches;
import io.deixis.evaluation.GroundingEvaluator;
import io.deixis.evaluation.PhrasePrediction;
import io.deixis.metrics.BoxProtocol;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.RecallAtK;
import io.deixis.metrics.RecallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a model over a split and scores it. */
public final class ModelEvaluation {

  private static final int BOXES = 10;
  private static final double NMS = 0.6;

  private final GroundingDataset data;
  private final SplitGrounding grounding;

  /**
   * Prepares the evaluation of a model.
   *
   * @param data has the split
   * @param grounding runs the model over it
   */
  public ModelEvaluation(GroundingDataset data, SplitGrounding grounding) {
    this.data = data;
    this.grounding = grounding;
  }

  /**
   * What came out.
   *
   * @param score of the predictions
   * @param candidates how many phrases have a truth box that any candidate region meets before it
   *     is refined: the upper bound of matching
   * @param predictions the ten best boxes of every phrase occurrence, with their logits as scores
   */
  public record Result(
      GroundingScore score, RecallTable candidates, List<PhrasePrediction> predictions) {}

  /**
   * Evaluates.
   *
   * @param ids the images of the split
   * @param seed of the confidence intervals
   */
  public Result run(List<String> ids, long seed) {
    return run(ids, seed, false, grounded -> {});
  }

  /**
   * Evaluates and lets another look at each image's answers.
   *
   * @param ids the images of the split
   * @param seed of the confidence intervals
   * @param withForeign whether each image is also asked for phrases of another one
   * @param observer told of each image
   */
  public Result run(
      List<String> ids,
      long seed,
      boolean withForeign,
      Consumer<SplitGrounding.Grounded> observer) {
    List<PhrasePrediction> predictions = new ArrayList<>();
    RecallAtK candidates = new RecallAtK(BoxProtocol.ANY_BOX, seed);
    grounding.run(
        ids,
        withForeign,
        grounded -> {
          observer.accept(grounded);
          for (GroundTruth truth : grounded.image().groundTruth()) {
            candidates.update(
                truth.image(), truth.phrase().types(), truth.boxes(), grounded.candidates());
            PhraseMatches best = grounded.of(truth).best(NMS, BOXES);
            predictions.add(
                PhrasePrediction.of(
                    truth.image(),
                    truth.sentence(),
                    truth.phrase(),
                    best.boxes(),
                    best.logits().stream().map(Float::doubleValue).toList()));
          }
        });
    GroundingScore score = GroundingEvaluator.score(data, ids, predictions, seed);
    return new Result(score, candidates.compute(), predictions);
  }
}
