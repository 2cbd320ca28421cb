package io.deixis.batch.training;

import io.deixis.batch.DecimalNumber;
import io.deixis.batch.WholeNumber;
import io.deixis.training.proposals.ProposalSettings;
import picocli.CommandLine.Option;

/** How backbone and proposals are fine-tuned. */
final class ProposalOptions {

  private static final ProposalSettings DEFAULTS = ProposalSettings.DEFAULTS;

  @Option(
      names = "--proposal-images",
      paramLabel = "N",
      converter = WholeNumber.From0.class,
      description =
          "Images that backbone and proposals are fine-tuned on; 0 leaves the graph as it is"
              + " (default: ${DEFAULT-VALUE}).")
  int images = DEFAULTS.images();

  @Option(
      names = "--proposal-epochs",
      paramLabel = "N",
      converter = WholeNumber.From1.class,
      description =
          "Passes over these images; a graph whose proposals begin with random weights needs more"
              + " of them (default: ${DEFAULT-VALUE}).")
  int epochs = DEFAULTS.plan().epochs();

  @Option(
      names = "--proposal-lr",
      paramLabel = "RATE",
      converter = DecimalNumber.Above0.class,
      description =
          "Peak learning rate of the proposals, of which the trunk has a fifth (default: 0.0001, or"
              + " a third of it with --from); 0.001 suits proposals that begin with random"
              + " weights.")
  Double learningRate;

  /**
   * Returns the settings.
   *
   * @param batch images a step
   * @param share the share of the usual learning rate that holds where none is given
   */
  ProposalSettings settings(int batch, int seed, float share) {
    return new ProposalSettings(
        images,
        TrainCommand.plan(DEFAULTS.plan(), learningRate, share)
            .withEpochs(epochs)
            .withBatchSize(batch)
            .withSeed(seed),
        DEFAULTS.backboneScale());
  }
}
