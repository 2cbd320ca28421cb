package io.deixis.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The area under the ROC curve of scores of several images, as {@link Auroc}, for any resample of
 * the images. The scores are sorted once for all resamples.
 *
 * <p>Not thread-safe.
 */
public final class RocArea {

  private final List<Score> scores = new ArrayList<>();
  private boolean sorted = true;

  private record Score(int image, double value, boolean positive) {}

  /**
   * Takes in one score.
   *
   * @param image the image's place among the draws
   * @param value the score, finite
   * @param positive its label
   */
  public void update(int image, double value, boolean positive) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A score is a finite number, not " + value + ".");
    }
    scores.add(new Score(image, value, positive));
    sorted = false;
  }

  /**
   * Returns the area, NaN where no image with a positive or none with a negative score was drawn.
   *
   * @param draws how often each image was drawn
   */
  public double of(int[] draws) {
    if (!sorted) {
      scores.sort(Comparator.comparingDouble(Score::value));
      sorted = true;
    }
    double wins = 0;
    long positives = 0;
    long negatives = 0;
    int next = 0;
    while (next < scores.size()) {
      double value = scores.get(next).value;
      long positivesHere = 0;
      long negativesHere = 0;
      for (; next < scores.size() && scores.get(next).value == value; next++) {
        Score score = scores.get(next);
        positivesHere += score.positive ? draws[score.image] : 0;
        negativesHere += score.positive ? 0 : draws[score.image];
      }
      wins += positivesHere * (negatives + 0.5 * negativesHere); // a tie counts half
      positives += positivesHere;
      negatives += negativesHere;
    }
    return wins / positives / negatives;
  }
}
