package io.deixis.metrics;

import io.deixis.geometry.Box;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Recall@k of phrase grounding: the share of phrases for which one of the k best boxes meets a
 * truth box with at least a given IoU. The upper bound takes all boxes given. A phrase with several
 * entity types counts in each of them and once in the whole.
 *
 * <p>Not thread-safe.
 */
public final class RecallAtK {

  /** The k that the field reports. */
  public static final List<Integer> STANDARD_KS = List.of(1, 5, 10);

  /** The IoU from which on a box is a hit in the field's tables. */
  public static final double STANDARD_IOU = 0.5;

  /** The group of all phrases. */
  private static final String ALL = "all";

  private final BoxProtocol protocol;
  private final double iouThreshold;
  private final List<Integer> ks;
  private final long seed;

  private final Map<String, Tally> all = new LinkedHashMap<>();
  private final Map<String, Map<String, Tally>> byType = new HashMap<>();

  /**
   * Creates the measure with the field's IoU and k.
   *
   * @param protocol what a box has to meet
   * @param seed of the bootstrap
   */
  public RecallAtK(BoxProtocol protocol, long seed) {
    this(protocol, STANDARD_IOU, STANDARD_KS, seed);
  }

  /**
   * Creates the measure.
   *
   * @param protocol what a box has to meet
   * @param iouThreshold the least IoU of a hit, in (0, 1]
   * @param ks how many of the best boxes to look at, each at least 1
   * @param seed of the bootstrap; the same seed and cases give the same intervals
   */
  public RecallAtK(BoxProtocol protocol, double iouThreshold, List<Integer> ks, long seed) {
    this.protocol = protocol;
    this.iouThreshold = iouThreshold;
    this.ks = List.copyOf(ks);
    this.seed = seed;
  }

  /**
   * Takes in one phrase.
   *
   * @param image the id of the phrase's image, the unit of the bootstrap
   * @param types the phrase's entity types
   * @param truth the phrase's truth boxes, at least one
   * @param bestFirst the boxes found, best first; none is a miss
   */
  public void update(String image, Collection<String> types, List<Box> truth, List<Box> bestFirst) {
    int rank = rank(truth, bestFirst);
    tally(all, image).add(rank);
    for (String type : Set.copyOf(types)) {
      tally(byType.computeIfAbsent(type, t -> new LinkedHashMap<>()), image).add(rank);
    }
  }

  /** Returns the recall of all phrases so far; types with more phrases come first. */
  public RecallTable compute() {
    List<RecallTable.Row> types =
        new TreeSet<>(byType.keySet())
            .stream()
                .map(type -> row(type, byType.get(type).values()))
                .sorted(Comparator.comparingInt(RecallTable.Row::phrases).reversed())
                .toList();
    return new RecallTable(protocol, iouThreshold, ks, row(ALL, all.values()), types);
  }

  private RecallTable.Row row(String name, Collection<Tally> images) {
    int[] phrases = images.stream().mapToInt(image -> image.phrases).toArray();
    List<RecallTable.Recall> recalls =
        IntStream.rangeClosed(0, ks.size())
            .mapToObj(
                column -> {
                  int[] hits = images.stream().mapToInt(image -> image.hits[column]).toArray();
                  return new RecallTable.Recall(
                      IntStream.of(hits).sum(),
                      IntStream.of(phrases).sum(),
                      ClusterBootstrap.interval(hits, phrases, seed));
                })
            .toList();
    return new RecallTable.Row(
        name, IntStream.of(phrases).sum(), recalls.subList(0, ks.size()), recalls.get(ks.size()));
  }

  /** Returns the rank, from 0, of the box that makes it a hit, or -1. */
  private int rank(List<Box> truth, List<Box> bestFirst) {
    int last = -1;
    for (List<Box> anyOf : protocol.targets(truth)) {
      int rank = 0;
      while (rank < bestFirst.size() && !meets(bestFirst.get(rank), anyOf)) {
        rank++;
      }
      if (rank == bestFirst.size()) {
        return -1;
      }
      last = Math.max(last, rank);
    }
    return last;
  }

  private boolean meets(Box box, List<Box> anyOf) {
    return anyOf.stream().anyMatch(target -> box.iou(target) >= iouThreshold);
  }

  private Tally tally(Map<String, Tally> byImage, String image) {
    return byImage.computeIfAbsent(image, id -> new Tally(ks));
  }

  /** One image's phrases and, by k and for all boxes, its hits. */
  private static final class Tally {

    private final List<Integer> ks;
    private final int[] hits;
    private int phrases;

    Tally(List<Integer> ks) {
      this.ks = ks;
      this.hits = new int[ks.size() + 1];
    }

    void add(int rank) {
      phrases++;
      if (rank < 0) {
        return;
      }
      for (int column = 0; column < ks.size(); column++) {
        if (rank < ks.get(column)) {
          hits[column]++;
        }
      }
      hits[ks.size()]++;
    }
  }
}
