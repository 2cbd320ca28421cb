package io.deixis.training;

import static io.deixis.grounding.GroundingOptions.DEFAULTS;

import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.PhraseMatches;
import io.deixis.geometry.Box;
import io.deixis.metrics.Auroc;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.CalibrationFit;
import io.deixis.metrics.ThresholdSweep;
import io.deixis.runlog.TrainingException;
import io.deixis.runlog.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Calibrates a model's scores and finds the threshold of the best F1, on images it was not trained
 * on. The cases are the boxes that a request without options would get for each phrase, positive if
 * they meet a truth box with an IoU of at least one half, and the best box of each phrase taken
 * from another image, which is never positive.
 */
public final class Tuning {

  private static final double HIT_IOU = 0.5;

  private final SplitGrounding grounding;

  /** Prepares the tuning of a model. */
  public Tuning(GroundingDataset data, GroundingModel model, TrainingListener listener) {
    this.grounding = new SplitGrounding(data, model, listener);
  }

  /**
   * What was found.
   *
   * @param calibration from logits to scores
   * @param best the threshold of the best F1, on calibrated scores
   * @param absence how well phrases of other images are told from those of the image itself: the
   *     area under the ROC curve of their best scores
   */
  public record Result(Calibration calibration, ThresholdSweep.Point best, double absence) {}

  /** Tunes on the given images. */
  public Result run(List<String> ids) {
    record Case(float logit, boolean positive) {}
    List<Case> cases = new ArrayList<>();
    Auroc absence = new Auroc();
    grounding.run(
        ids,
        true,
        grounded -> {
          for (GroundTruth truth : grounded.image().groundTruth()) {
            PhraseMatches best = grounded.of(truth).best(DEFAULTS.nms(), DEFAULTS.top());
            for (int i = 0; i < best.boxes().size(); i++) {
              Box box = best.boxes().get(i);
              boolean hit = truth.boxes().stream().anyMatch(t -> t.iou(box) >= HIT_IOU);
              cases.add(new Case(best.logits().get(i), hit));
            }
            absence.update(grounded.alone(truth).logits().get(0), true);
          }
          grounded
              .foreign()
              .values()
              .forEach(
                  matches -> {
                    cases.add(new Case(matches.logits().get(0), false));
                    absence.update(matches.logits().get(0), false);
                  });
        });
    if (cases.stream().noneMatch(Case::positive) || cases.stream().allMatch(Case::positive)) {
      throw new TrainingException(
          "Of the answers on the %d held-out images none is right, or none wrong, so scores cannot be calibrated; hold out more with --held-out, or train for more epochs."
              .formatted(ids.size()),
          null);
    }
    CalibrationFit fit = new CalibrationFit();
    cases.forEach(c -> fit.update(c.logit, c.positive));
    Calibration calibration = fit.compute();
    ThresholdSweep sweep = new ThresholdSweep();
    cases.forEach(c -> sweep.update(calibration.probability(c.logit), c.positive));
    return new Result(calibration, sweep.compute().best(), absence.compute());
  }
}
