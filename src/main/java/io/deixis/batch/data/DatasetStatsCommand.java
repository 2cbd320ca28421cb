package io.deixis.batch.data;

import io.deixis.batch.ResultOutput;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SplitStatistics;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dataset stats}: counts what a split holds. */
@Command(name = "stats", description = "Counts the captions, phrases and boxes of a split.")
public class DatasetStatsCommand implements Runnable {

  @Mixin DataArgument source = new DataArgument();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "train",
      description = "The split to count (default: ${DEFAULT-VALUE}).")
  String split;

  @Mixin ResultOutput output = new ResultOutput();

  @Override
  public void run() {
    GroundingDataset data = source.open();
    long began = System.nanoTime();
    SplitStatistics statistics = SplitStatistics.of(data, split);
    double seconds = (System.nanoTime() - began) / 1e9;
    output.print(
        statistics,
        out -> {
          print(out, statistics);
          out.printf(Locale.ROOT, "%nRead in %.1f s%n", seconds);
        });
  }

  private static void print(PrintWriter out, SplitStatistics statistics) {
    row(out, "images", statistics.images());
    row(out, "sentences", statistics.sentences());
    row(out, "  with a box", statistics.groundedSentences());
    row(out, "phrases", statistics.phrases());
    row(out, "  with a box", statistics.groundedPhrases());
    out.printf(
        Locale.ROOT,
        "%-16s %,9d  %.1f %% of those with a box%n",
        "  with several",
        statistics.phrasesWithSeveralBoxes(),
        100 * statistics.severalBoxesShare());
    statistics.groundedPhrasesByType().forEach((type, count) -> row(out, "    " + type, count));
    row(out, "boxes", statistics.boxes());
  }

  private static void row(PrintWriter out, String name, int count) {
    out.printf(Locale.ROOT, "%-16s %,9d%n", name, count);
  }
}
