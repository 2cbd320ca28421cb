package io.deixis.batch.data;

import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.QueryRegionPair;
import io.deixis.dataset.QueryRegionPairs;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Locale;

/**
 * How many query-region pairs there are of each kind.
 *
 * @param images images
 * @param phrases phrases with a box
 * @param positives pairs of a phrase and a candidate with IoU of at least one half with a truth box
 * @param negatives all others
 * @param hardNegatives those of the negatives whose candidate is what another phrase means
 * @param phrasesWithoutPositive phrases that no candidate meets, so that no matching finds them
 */
record PairCounts(
    int images,
    long phrases,
    long positives,
    long negatives,
    long hardNegatives,
    long phrasesWithoutPositive) {

  static final PairCounts NONE = new PairCounts(0, 0, 0, 0, 0, 0);

  /** Returns the counts of one image. */
  static PairCounts of(List<GroundTruth> phrases, List<Box> candidates) {
    QueryRegionPairs pairs = QueryRegionPairs.of(phrases, candidates);
    long positives = pairs.positives();
    long met =
        pairs.pairs().stream()
            .filter(QueryRegionPair::positive)
            .mapToInt(QueryRegionPair::query)
            .distinct()
            .count();
    return new PairCounts(
        1,
        phrases.size(),
        positives,
        pairs.pairs().size() - positives,
        pairs.hardNegatives(),
        phrases.size() - met);
  }

  PairCounts plus(PairCounts other) {
    return new PairCounts(
        images + other.images,
        phrases + other.phrases,
        positives + other.positives,
        negatives + other.negatives,
        hardNegatives + other.hardNegatives,
        phrasesWithoutPositive + other.phrasesWithoutPositive);
  }

  String text() {
    long pairs = positives + negatives;
    return row("images", images, "")
        + row("phrases", phrases, "")
        + row("  no candidate", phrasesWithoutPositive, share(phrasesWithoutPositive, phrases))
        + row("pairs", pairs, "")
        + row("  positive", positives, share(positives, pairs))
        + row("  negative", negatives, share(negatives, pairs))
        + row("    hard", hardNegatives, share(hardNegatives, pairs))
        + String.format(
            Locale.ROOT,
            "one positive for %.1f negatives%n",
            (double) negatives / Math.max(1, positives));
  }

  private static String row(String name, long count, String share) {
    return String.format(Locale.ROOT, "%-16s %,12d%s%n", name, count, share);
  }

  private static String share(long part, long all) {
    return String.format(Locale.ROOT, "  %5.1f %%", 100.0 * part / Math.max(1, all));
  }
}
