package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labelled pairs of phrases and candidate regions of one image.
 *
 * @param pairs the pairs
 */
public record QueryRegionPairs(List<QueryRegionPair> pairs) {

  /** Copies the pairs. */
  public QueryRegionPairs {
    pairs = List.copyOf(pairs);
  }

  /** Pairs every phrase of an image with every candidate box, phrase by phrase. */
  public static QueryRegionPairs of(List<GroundTruth> queries, List<Box> regions) {
    double[][] ious = new double[queries.size()][regions.size()];
    for (int query = 0; query < queries.size(); query++) {
      for (int region = 0; region < regions.size(); region++) {
        Box candidate = regions.get(region);
        ious[query][region] =
            queries.get(query).boxes().stream().mapToDouble(candidate::iou).max().orElse(0);
      }
    }
    List<QueryRegionPair> pairs = new ArrayList<>(queries.size() * regions.size());
    for (int query = 0; query < queries.size(); query++) {
      String chain = queries.get(query).phrase().chain();
      int[] others =
          IntStream.range(0, queries.size())
              .filter(other -> !queries.get(other).phrase().chain().equals(chain))
              .toArray();
      for (int region = 0; region < regions.size(); region++) {
        double elsewhere = 0;
        for (int other : others) {
          elsewhere = Math.max(elsewhere, ious[other][region]);
        }
        pairs.add(new QueryRegionPair(query, region, ious[query][region], elsewhere));
      }
    }
    return new QueryRegionPairs(pairs);
  }

  /** Returns how many pairs are positive. */
  public int positives() {
    return (int) pairs.stream().filter(QueryRegionPair::positive).count();
  }

  /** Returns how many pairs are hard negatives. */
  public int hardNegatives() {
    return (int) pairs.stream().filter(QueryRegionPair::hardNegative).count();
  }

  /** Returns the share of pairs that are positive, in [0, 1]; 0 where there are no pairs. */
  public double positiveRatio() {
    return pairs.isEmpty() ? 0 : (double) positives() / pairs.size();
  }
}
