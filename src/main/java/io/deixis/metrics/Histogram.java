package io.deixis.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * How often a score falls into each of several bins of equal width that cover [0, 1].
 *
 * @param counts by bin, from 0 to 1; a score on an edge counts in the upper bin
 */
public record Histogram(List<Long> counts) {

  /** Copies the counts. */
  public Histogram {
    counts = List.copyOf(counts);
  }

  /**
   * Counts scores.
   *
   * @param scores in [0, 1]
   * @param bins how many, at least 1
   */
  static Histogram of(DoubleStream scores, int bins) {
    long[] counts = new long[bins];
    scores.forEach(score -> counts[Math.min((int) (score * bins), bins - 1)]++);
    return new Histogram(Arrays.stream(counts).boxed().toList());
  }

  /** Returns each bin's part of all scores, in [0, 1]; 0 if there is none. */
  public List<Double> shares() {
    long total = counts.stream().flatMapToLong(LongStream::of).sum();
    return counts.stream().map(count -> total == 0 ? 0 : (double) count / total).toList();
  }
}
