package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundTruth;
import io.deixis.geometry.Box;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Answers that need no model: what a result has to be seen against. */
public enum Baseline {

  /** The floor: the box of the whole image, whatever the phrase. */
  WHOLE_IMAGE {
    @Override
    public List<Box> boxes(AnnotatedImage image, GroundTruth truth) {
      return List.of(new Box(0, 0, image.width(), image.height()));
    }
  },

  /**
   * An oracle that knows the truth and gives the one of a phrase's boxes that is closest to them
   * all; it shows what merging costs a system that returns one object.
   */
  ONE_TRUTH_BOX {
    @Override
    public List<Box> boxes(AnnotatedImage image, GroundTruth truth) {
      Box all = truth.enclosingBox();
      return List.of(Collections.max(truth.boxes(), Comparator.comparingDouble(all::iou)));
    }
  };

  /** Returns its name on the command line, such as {@code whole-image}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the answer for a phrase of {@code image}, best box first. */
  public abstract List<Box> boxes(AnnotatedImage image, GroundTruth truth);

  /** Returns the answers for all phrases of {@code image} that count. */
  public List<PhrasePrediction> predictions(AnnotatedImage image) {
    return image.groundTruth().stream()
        .map(
            truth -> {
              List<Box> boxes = boxes(image, truth);
              return PhrasePrediction.of(
                  image.id(),
                  truth.sentence(),
                  truth.phrase(),
                  boxes,
                  Collections.nCopies(boxes.size(), 1.0));
            })
        .toList();
  }
}
