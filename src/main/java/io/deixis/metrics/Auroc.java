package io.deixis.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Area under the receiver operating characteristic: the chance that a positive case scores higher
 * than a negative one, where a tie counts half (Hanley and McNeil, "The meaning and use of the area
 * under a receiver operating characteristic (ROC) curve", 1982). The cases belong to images, so
 * that the area can be told of any resample of these; they are sorted once for all resamples.
 *
 * <p>Not thread-safe.
 */
public final class Auroc {

  private final List<Case> cases = new ArrayList<>();
  private boolean sorted = true;
  private int images;

  private record Case(int image, double score, boolean positive) {}

  /**
   * Takes in one case of the only image.
   *
   * @param score its score, finite
   * @param positive its label
   */
  public void update(double score, boolean positive) {
    update(0, score, positive);
  }

  /**
   * Takes in one case.
   *
   * @param image the image's place among the draws
   * @param score its score, finite
   * @param positive its label
   */
  public void update(int image, double score, boolean positive) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("A score is a finite number, not " + score + ".");
    }
    cases.add(new Case(image, score, positive));
    images = Math.max(images, image + 1);
    sorted = false;
  }

  /**
   * Returns the area of all cases, in [0, 1].
   *
   * @throws IllegalStateException if there is no positive or no negative case
   */
  public double compute() {
    int[] once = new int[images];
    Arrays.fill(once, 1);
    double value = of(once);
    if (Double.isNaN(value)) {
      throw new IllegalStateException("AUROC needs positive and negative cases.");
    }
    return value;
  }

  /**
   * Returns the area, NaN where no image with a positive or none with a negative case was drawn.
   *
   * @param draws how often each image was drawn
   */
  public double of(int[] draws) {
    if (!sorted) {
      cases.sort(Comparator.comparingDouble(Case::score));
      sorted = true;
    }
    double wins = 0;
    long positives = 0;
    long negatives = 0;
    int next = 0;
    while (next < cases.size()) {
      double score = cases.get(next).score;
      long positivesHere = 0;
      long negativesHere = 0;
      for (; next < cases.size() && cases.get(next).score == score; next++) {
        Case tied = cases.get(next);
        positivesHere += tied.positive ? draws[tied.image] : 0;
        negativesHere += tied.positive ? 0 : draws[tied.image];
      }
      wins += positivesHere * (negatives + 0.5 * negativesHere); // a tie counts half
      positives += positivesHere;
      negatives += negativesHere;
    }
    return wins / positives / negatives;
  }
}
