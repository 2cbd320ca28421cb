package io.deixis.metrics;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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

  private final Group all;
  private final Map<String, Group> byType = new TreeMap<>();

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
    this.all = new Group();
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
    all.add(image, rank);
    for (String type : Set.copyOf(types)) {
      byType.computeIfAbsent(type, t -> new Group()).add(image, rank);
    }
  }

  /** Returns the recall of all phrases so far; types with more phrases come first. */
  public RecallTable compute() {
    List<RecallTable.Row> types = new ArrayList<>();
    byType.forEach((type, group) -> types.add(group.row(type)));
    types.sort(Comparator.comparingInt(RecallTable.Row::phrases).reversed());
    return new RecallTable(protocol, iouThreshold, ks, all.row(ALL), types);
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

  /** The phrases of one group: the share of hits by k, and that of all boxes. */
  private final class Group {

    private final List<ShareByImage> atK =
        Stream.generate(ShareByImage::new).limit(ks.size()).toList();
    private final ShareByImage upperBound = new ShareByImage();

    void add(String image, int rank) {
      for (int i = 0; i < ks.size(); i++) {
        atK.get(i).update(image, rank >= 0 && rank < ks.get(i));
      }
      upperBound.update(image, rank >= 0);
    }

    RecallTable.Row row(String name) {
      RecallTable.Recall bound = upperBound.compute(seed);
      List<RecallTable.Recall> recalls = atK.stream().map(share -> share.compute(seed)).toList();
      return new RecallTable.Row(name, bound.phrases(), recalls, bound);
    }
  }
}
