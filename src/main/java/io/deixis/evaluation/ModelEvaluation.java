package io.deixis.evaluation;

import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.PhraseMatches;
import io.deixis.metrics.BoxProtocol;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.RecallAtK;
import io.deixis.metrics.RecallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a model over a split and scores it. A phrase is answered as a request without options
 * answers it, but with {@value #BOXES} boxes, since Recall@10 needs as many: the first boxes are
 * those that the request gets.
 */
public final class ModelEvaluation {

  /** Boxes of each phrase: as many as the largest k of Recall@k. */
  public static final int BOXES = 10;

  /** The options that phrases are answered by; their threshold is left out of account. */
  public static final GroundingOptions OPTIONS =
      new GroundingOptions(
          GroundingOptions.DEFAULTS.threshold(), BOXES, GroundingOptions.DEFAULTS.nms());

  private final GroundingDataset data;
  private final GroundedImages grounding;

  /**
   * Prepares the evaluation of a model.
   *
   * @param data has the split
   * @param grounding runs the model over it
   */
  public ModelEvaluation(GroundingDataset data, GroundedImages grounding) {
    this.data = data;
    this.grounding = grounding;
  }

  /**
   * What came out.
   *
   * @param score of the predictions
   * @param candidates how many phrases have a truth box that any candidate region meets before it
   *     is refined: the upper bound of matching
   * @param every how many phrases have every truth box met, for questions that ask for several
   * @param predictions the ten best boxes of every phrase occurrence, with their logits as scores
   */
  public record Result(
      GroundingScore score,
      RecallTable candidates,
      RecallTable every,
      List<PhrasePrediction> predictions) {}

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
   * Evaluates and shows another each image's answers.
   *
   * @param ids the images of the split
   * @param seed of the confidence intervals
   * @param withNegatives whether each image is also asked for phrases of another one
   * @param observer receives each image
   */
  public Result run(
      List<String> ids,
      long seed,
      boolean withNegatives,
      Consumer<SplitGrounding.Grounded> observer) {
    List<PhrasePrediction> predictions = new ArrayList<>();
    RecallAtK candidates = new RecallAtK(BoxProtocol.ANY_BOX, seed);
    RecallAtK every = new RecallAtK(BoxProtocol.EVERY_BOX, seed);
    grounding.run(
        ids,
        withNegatives,
        grounded -> {
          observer.accept(grounded);
          for (GroundTruth truth : grounded.image().groundTruth()) {
            candidates.update(
                truth.image(), truth.phrase().types(), truth.boxes(), grounded.candidates(truth));
            PhraseMatches best = grounded.matches().get(truth).best(OPTIONS);
            every.update(truth.image(), truth.phrase().types(), truth.boxes(), best.boxes());
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
    return new Result(score, candidates.compute(), every.compute(), predictions);
  }
}
