package io.deixis.training.proposals;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which query answers for which truth box. As in DETR (Carion et al., 2020) the cost is 5 ·
 * L1 − 2 · GIoU − 2 · p; each truth box gets {@code repeats} queries and no query two boxes. Pairs
 * are taken in order of cost, which on a network that is already trained gives what optimal
 * matching gives.
 */
final class QueryAssignment {

  /**
   * A query and its truth box.
   *
   * @param query position of the query
   * @param target position of the truth box
   */
  record Pair(int query, int target) {}

  private QueryAssignment() {}

  /**
   * Assigns queries to truth boxes.
   *
   * @param queries xyxy of each query, in normalised coordinates
   * @param objectness probability of each query
   * @param targets the truth boxes in the same units
   * @param repeats queries for each truth box
   */
  static List<Pair> assign(float[][] queries, float[] objectness, List<Box> targets, int repeats) {
    record Candidate(int query, int target, double cost) {}
    List<Candidate> candidates = new ArrayList<>(queries.length * targets.size());
    for (int q = 0; q < queries.length; q++) {
      for (int t = 0; t < targets.size(); t++) {
        candidates.add(new Candidate(q, t, cost(queries[q], objectness[q], targets.get(t))));
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::cost));
    boolean[] taken = new boolean[queries.length];
    int[] given = new int[targets.size()];
    List<Pair> pairs = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (!taken[candidate.query] && given[candidate.target] < repeats) {
        taken[candidate.query] = true;
        given[candidate.target]++;
        pairs.add(new Pair(candidate.query, candidate.target));
      }
    }
    return pairs;
  }

  private static double cost(float[] query, float objectness, Box target) {
    double l1 =
        Math.abs(query[0] - target.x1())
            + Math.abs(query[1] - target.y1())
            + Math.abs(query[2] - target.x2())
            + Math.abs(query[3] - target.y2());
    Box box = box(query);
    double union = box.area() + target.area() - box.intersectionArea(target);
    double hull = box.enclosing(target).area();
    double giou = box.iou(target) - (hull > 0 ? (hull - union) / hull : 0);
    return 5 * l1 - 2 * giou - 2 * objectness;
  }

  /** Returns a query's box; one that ends before it begins is empty. */
  static Box box(float[] query) {
    return new Box(query[0], query[1], Math.max(query[0], query[2]), Math.max(query[1], query[3]));
  }
}
