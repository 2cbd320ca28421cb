package io.deixis.engine.matching;

import io.deixis.engine.phrase.EncodedPhrases;
import java.util.Arrays;
import java.util.List;

/**
 * Lets words compete: where "a man" fits better than "a woman" does, whatever is said of a woman
 * loses by it. So a sibling of what is there is told from it: "a woman" where all are men, a shirt
 * of another colour.
 *
 * <p>How probable a word is beside its best rival in a region follows from their logits there,
 * {@code p = 1 / (1 + exp(rival - own))}, and the word costs {@code -w log p}: next to nothing
 * where it fits best, as much as it fits worse where it does not. Only the best rival counts, or a
 * word with many would lose for their number alone. Of several words of a phrase the worst counts.
 *
 * <p>The cost is that of the phrase's best region, taken from all regions alike: it tells whether
 * the thing is there at all. As a further witness of which region is meant it lost more than it
 * gained.
 */
public final class Contrast {

  /** More tells siblings apart better, and phrases of other images worse. */
  private static final double WEIGHT = 1.2;

  private Contrast() {}

  /**
   * Returns the logits of the phrases that are asked for, each less what its words cost.
   *
   * @param logits of every phrase, rivals too, with every region, row by row
   * @param regions how many there are
   * @param phrases whose rows they are
   * @return a row for each phrase that is asked for
   */
  public static float[] applied(float[] logits, int regions, EncodedPhrases phrases) {
    float[] applied = Arrays.copyOf(logits, phrases.asked() * regions);
    for (int phrase = 0; phrase < phrases.rivals().size(); phrase++) {
      List<EncodedPhrases.Rivals> words = phrases.rivals().get(phrase);
      if (!words.isEmpty()) {
        apply(words, logits, applied, phrase * regions, regions);
      }
    }
    return applied;
  }

  private static void apply(
      List<EncodedPhrases.Rivals> words, float[] logits, float[] applied, int row, int regions) {
    int best = 0;
    for (int region = 1; region < regions; region++) {
      if (logits[row + region] > logits[row + best]) {
        best = region;
      }
    }
    float cost = (float) cost(words, logits, regions, best);
    for (int region = 0; region < regions; region++) {
      applied[row + region] -= cost;
    }
  }

  private static double cost(
      List<EncodedPhrases.Rivals> words, float[] logits, int regions, int region) {
    double worst = 0;
    for (EncodedPhrases.Rivals word : words) {
      float own = logits[word.own() * regions + region];
      double rival = Double.NEGATIVE_INFINITY;
      for (int other : word.others()) {
        rival = Math.max(rival, logits[other * regions + region]);
      }
      worst = Math.max(worst, WEIGHT * Math.log1p(Math.exp(rival - own)));
    }
    return worst;
  }
}
