package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.geometry.Box;
import io.deixis.metrics.BoxProtocol;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.RecallAtK;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores predictions against annotated images by the protocol of the field (Kamath et al., "MDETR",
 * 2021): every phrase occurrence whose chain has a box counts once, and one without a prediction is
 * a miss. Phrases without a box are passed over.
 *
 * <p>Not thread-safe.
 */
public final class GroundingEvaluator {

  private final RecallAtK anyBox;
  private final RecallAtK mergedBoxes;
  private int images;
  private int sentences;
  private int unanswered;
  private int unused;

  /**
   * Creates the evaluator.
   *
   * @param seed of the confidence intervals
   */
  public GroundingEvaluator(long seed) {
    anyBox = new RecallAtK(BoxProtocol.ANY_BOX, seed);
    mergedBoxes = new RecallAtK(BoxProtocol.MERGED_BOXES, seed);
  }

  /**
   * Scores a split.
   *
   * @param dataset where the annotations are
   * @param ids the images of the split
   * @param predictions for any images; those of other images are counted as unused
   * @param seed of the confidence intervals
   * @throws DatasetException if an image cannot be read or a phrase has two predictions
   */
  public static GroundingScore score(
      GroundingDataset dataset,
      List<String> ids,
      Collection<PhrasePrediction> predictions,
      long seed) {
    Map<String, List<PhrasePrediction>> byImage =
        predictions.stream().collect(Collectors.groupingBy(PhrasePrediction::image));
    GroundingEvaluator evaluator = new GroundingEvaluator(seed);
    for (String id : ids) {
      List<PhrasePrediction> ofImage = byImage.remove(id);
      evaluator.update(dataset.read(id), ofImage == null ? List.of() : ofImage);
    }
    evaluator.unused += byImage.values().stream().mapToInt(List::size).sum();
    return evaluator.compute();
  }

  /**
   * Takes in one image.
   *
   * @param image its annotations
   * @param predictions those for its phrases, in any order
   * @throws DatasetException if a phrase has two predictions
   */
  public void update(AnnotatedImage image, Collection<PhrasePrediction> predictions) {
    Map<Occurrence, List<Box>> boxes = new HashMap<>();
    for (PhrasePrediction prediction : predictions) {
      if (boxes.put(Occurrence.of(prediction), prediction.boxes()) != null) {
        throw new DatasetException(
            "Image %s has two predictions for '%s' in sentence %d: keep one."
                .formatted(image.id(), prediction.phrase(), prediction.sentence()));
      }
    }
    List<GroundTruth> truths = image.groundTruth();
    for (GroundTruth truth : truths) {
      List<Box> found = boxes.remove(Occurrence.of(truth));
      if (found == null) {
        unanswered++;
        found = List.of();
      }
      anyBox.update(truth.image(), truth.phrase().types(), truth.boxes(), found);
      mergedBoxes.update(truth.image(), truth.phrase().types(), truth.boxes(), found);
    }
    images++;
    sentences += (int) truths.stream().mapToInt(GroundTruth::sentence).distinct().count();
    unused += boxes.size();
  }

  /** Returns the score of all images so far. */
  public GroundingScore compute() {
    return new GroundingScore(
        images, sentences, unanswered, unused, anyBox.compute(), mergedBoxes.compute());
  }

  /** What tells the phrases of one image apart. */
  private record Occurrence(int sentence, String chain, int firstChar) {

    static Occurrence of(PhrasePrediction prediction) {
      return new Occurrence(prediction.sentence(), prediction.chain(), prediction.firstChar());
    }

    static Occurrence of(GroundTruth truth) {
      return new Occurrence(truth.sentence(), truth.phrase().chain(), truth.phrase().firstChar());
    }
  }
}
