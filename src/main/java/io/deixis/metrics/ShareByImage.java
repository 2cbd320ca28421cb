package io.deixis.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A share of phrases with its confidence interval by bootstrap over images.
 *
 * <p>Not thread-safe.
 */
public final class ShareByImage {

  private final Map<Object, int[]> byImage = new LinkedHashMap<>();

  /**
   * Takes in one phrase.
   *
   * @param image the phrase's image, the unit of the bootstrap
   * @param counted whether the phrase is one of the share
   */
  public void update(Object image, boolean counted) {
    int[] tally = byImage.computeIfAbsent(image, id -> new int[2]);
    tally[0] += counted ? 1 : 0;
    tally[1]++;
  }

  /**
   * Returns the share of all phrases so far.
   *
   * @param seed of the interval
   */
  public RecallTable.Recall compute(long seed) {
    Collection<int[]> images = byImage.values();
    int[] counted = images.stream().mapToInt(tally -> tally[0]).toArray();
    int[] totals = images.stream().mapToInt(tally -> tally[1]).toArray();
    return new RecallTable.Recall(
        IntStream.of(counted).sum(),
        IntStream.of(totals).sum(),
        ClusterBootstrap.interval(counted, totals, seed));
  }
}
