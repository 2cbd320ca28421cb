package io.deixis.dataset;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a split holds. A phrase counts where its chain has a box, as in the field's evaluators, and
 * once for each occurrence.
 *
 * @param split its name
 * @param images images
 * @param sentences captions
 * @param phrases annotated phrase occurrences
 * @param groundedPhrases those of them whose chain has a box
 * @param groundedSentences captions with such a phrase
 * @param phrasesWithSeveralBoxes phrases whose chain has more than one box
 * @param boxes truth boxes, one that several chains share counted for each
 * @param groundedPhrasesByType phrases with a box by entity type, the most frequent type first; one
 *     with two types counts in both
 */
public record SplitStatistics(
    String split,
    int images,
    int sentences,
    int phrases,
    int groundedPhrases,
    int groundedSentences,
    int phrasesWithSeveralBoxes,
    int boxes,
    Map<String, Integer> groundedPhrasesByType) {

  /** Copies the counts by type, keeping their order. */
  public SplitStatistics {
    groundedPhrasesByType = Collections.unmodifiableMap(new LinkedHashMap<>(groundedPhrasesByType));
  }

  /**
   * Counts a split.
   *
   * @throws DatasetException if there is no such split or a file is broken
   */
  public static SplitStatistics of(GroundingDataset data, String split) {
    Counter counter = new Counter();
    data.split(split).forEach(id -> counter.add(data.read(id)));
    return counter.statistics(split);
  }

  /** Returns the share of phrases whose chain has more than one box, in [0, 1]. */
  public double severalBoxesShare() {
    return groundedPhrases == 0 ? 0 : (double) phrasesWithSeveralBoxes / groundedPhrases;
  }

  private static final class Counter {

    private final Map<String, Integer> byType = new TreeMap<>();
    private int images;
    private int sentences;
    private int phrases;
    private int grounded;
    private int groundedSentences;
    private int severalBoxes;
    private int boxes;

    void add(AnnotatedImage image) {
      List<GroundTruth> truths = image.groundTruth();
      images++;
      sentences += image.sentences().size();
      phrases += image.sentences().stream().mapToInt(s -> s.phrases().size()).sum();
      boxes += image.boxes().values().stream().mapToInt(List::size).sum();
      grounded += truths.size();
      groundedSentences += (int) truths.stream().mapToInt(GroundTruth::sentence).distinct().count();
      for (GroundTruth truth : truths) {
        severalBoxes += truth.boxes().size() > 1 ? 1 : 0;
        truth.phrase().types().stream()
            .distinct()
            .forEach(type -> byType.merge(type, 1, Integer::sum));
      }
    }

    SplitStatistics statistics(String split) {
      Map<String, Integer> frequentFirst = new LinkedHashMap<>();
      byType.entrySet().stream()
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .forEach(entry -> frequentFirst.put(entry.getKey(), entry.getValue()));
      return new SplitStatistics(
          split,
          images,
          sentences,
          phrases,
          grounded,
          groundedSentences,
          severalBoxes,
          boxes,
          frequentFirst);
    }
  }
}
