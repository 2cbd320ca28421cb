package io.deixis.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Divides images into splits that resemble each other: every entity type and every quarter of the
 * range of positive ratios is spread over the splits by their shares. An image goes into exactly
 * one split, with all of its pairs.
 *
 * <p>This is iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the Stratification of
 * Multi-Label Data", 2011): the rarest label is dealt out first, to the split that lacks it most.
 */
public final class StratifiedSplit {

  /** Quarters of the images by positive ratio. */
  private static final int RATIO_GROUPS = 4;

  private final Map<String, Double> shares;
  private final long seed;

  /**
   * Creates the divider.
   *
   * @param shares each split's share of the images, by its name; positive, adding up to 1
   * @param seed the same seed, shares and images give the same splits
   */
  public StratifiedSplit(Map<String, Double> shares, long seed) {
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (Math.abs(sum - 1) > 1e-9 || shares.values().stream().anyMatch(share -> !(share > 0))) {
      throw new IllegalArgumentException(
          "The shares of the splits are positive and add up to 1, not " + shares + ".");
    }
    this.shares = new TreeMap<>(shares);
    this.seed = seed;
  }

  /**
   * Divides the images.
   *
   * @param images their profiles
   * @return the ids of each split in the order given, by its name
   * @throws IllegalArgumentException if an image is given twice
   */
  public Map<String, List<String>> split(List<ImageProfile> images) {
    Map<String, Set<String>> labels = labels(images);
    List<String> order = new ArrayList<>(labels.keySet());
    Collections.shuffle(order, new Random(seed));
    Map<String, String> splitOf = new Dealer(labels).deal(order);

    Map<String, List<String>> splits = new LinkedHashMap<>();
    shares.keySet().forEach(name -> splits.put(name, new ArrayList<>()));
    labels.keySet().forEach(image -> splits.get(splitOf.get(image)).add(image));
    return splits;
  }

  /** Returns the labels of each image, in the order of the images. */
  private static Map<String, Set<String>> labels(List<ImageProfile> images) {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    for (ImageProfile image : images) {
      if (labels.put(image.image(), new TreeSet<>(image.types())) != null) {
        throw new IllegalArgumentException("Image " + image.image() + " is given twice.");
      }
    }
    List<ImageProfile> byRatio =
        images.stream().sorted(Comparator.comparingDouble(ImageProfile::positiveRatio)).toList();
    for (int rank = 0; rank < byRatio.size(); rank++) {
      int group = rank * RATIO_GROUPS / byRatio.size();
      labels.get(byRatio.get(rank).image()).add("positive ratio, group " + group);
    }
    return labels;
  }

  /** Deals images out and keeps count of what each split still lacks. */
  private final class Dealer {

    private final Map<String, Set<String>> labels;

    /** By split: how many more images of each label it should get. */
    private final Map<String, Map<String, Double>> lacking = new HashMap<>();

    /** By split: how many more images it should get. */
    private final Map<String, Double> room = new HashMap<>();

    Dealer(Map<String, Set<String>> labels) {
      this.labels = labels;
      shares.forEach(
          (split, share) -> {
            Map<String, Double> byLabel = new HashMap<>();
            labels.values().forEach(of -> of.forEach(l -> byLabel.merge(l, share, Double::sum)));
            lacking.put(split, byLabel);
            room.put(split, share * labels.size());
          });
    }

    Map<String, String> deal(List<String> order) {
      Map<String, String> splitOf = new HashMap<>();
      List<String> left = new ArrayList<>(order);
      while (!left.isEmpty()) {
        String rarest = rarestLabel(left);
        for (String image : left) {
          if (labels.get(image).contains(rarest)) {
            splitOf.put(image, take(image, rarest));
          }
        }
        left.removeIf(splitOf::containsKey);
      }
      return splitOf;
    }

    /** Returns the label that the fewest of the images left have; each image has one. */
    private String rarestLabel(List<String> left) {
      Map<String, Integer> counts = new TreeMap<>();
      left.forEach(image -> labels.get(image).forEach(l -> counts.merge(l, 1, Integer::sum)));
      return Collections.min(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private String take(String image, String label) {
      String split =
          Collections.max(
              shares.keySet(),
              Comparator.comparingDouble((String name) -> lacking.get(name).get(label))
                  .thenComparingDouble(room::get));
      labels.get(image).forEach(l -> lacking.get(split).merge(l, -1.0, Double::sum));
      room.merge(split, -1.0, Double::sum);
      return split;
    }
  }
}
