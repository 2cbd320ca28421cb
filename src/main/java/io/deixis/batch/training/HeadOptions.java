package io.deixis.batch.training;

import io.deixis.batch.DecimalNumber;
import io.deixis.batch.SiblingKind;
import io.deixis.batch.WholeNumber;
import io.deixis.training.loop.Plan;
import io.deixis.training.matching.HeadSettings;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How matching heads are trained. */
final class HeadOptions {

  private static final HeadSettings DEFAULTS = HeadSettings.DEFAULTS;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      description = "Passes of the matching head over the images (default: ${DEFAULT-VALUE}).")
  int epochs = DEFAULTS.plan().epochs();

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = DecimalNumber.Above0.class,
      description =
          "Peak learning rate of the matching head (default: 0.001, or a third of it with --from).")
  Double learningRate;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      converter = DecimalNumber.ShareBelow1.class,
      description =
          "Share of the matching head's inputs that is dropped in training; more of it for richer"
              + " features (default: 0.1, then half as much again).")
  Double dropout;

  @Option(
      names = "--without-siblings",
      paramLabel = "KIND",
      converter = SiblingKind.class,
      split = ",",
      description =
          "Kinds of words that no sibling is made of in training, so that evaluate can tell how"
              + " well those are refused that were never taught: ${COMPLETION-CANDIDATES} (default:"
              + " instruments).",
      completionCandidates = SiblingKind.Names.class)
  List<String> withoutSiblings = DEFAULTS.withoutSiblings();

  @Mixin PositivePairs positivePairs = new PositivePairs();

  /**
   * Returns the settings.
   *
   * @param batch images a step
   * @param share the share of the usual learning rate that holds where none is given
   */
  HeadSettings settings(int batch, int seed, float share) {
    Plan usual = DEFAULTS.plan();
    return DEFAULTS.with(
        TrainCommand.plan(usual, learningRate, share)
            .withEpochs(epochs)
            .withBatchSize(batch)
            .withDropout(dropout == null ? usual.phases().get(0).dropout() : dropout.floatValue())
            .withSeed(seed),
        positivePairs.weight,
        positivePairs.positivesPerNegative,
        withoutSiblings);
  }
}
