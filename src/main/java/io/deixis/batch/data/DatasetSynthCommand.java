package io.deixis.batch.data;

import io.deixis.batch.Terminal;
import io.deixis.batch.WholeNumber;
import io.deixis.dataset.synthetic.SyntheticDataset;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code dataset synth}: draws a small data set, so that everything can be tried without photos.
 */
@Command(
    name = "synth",
    description = "Draws a small data set of simple scenes; the same seed gives the same files.")
public class DatasetSynthCommand implements Runnable {

  private static final int IMAGES_PER_HELD_OUT = 10;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A new or empty folder.")
  Path directory;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "200",
      converter = WholeNumber.From3.class,
      description =
          "Images, of which a tenth goes to val and a tenth to test, each with one at least"
              + " (default: ${DEFAULT-VALUE}).")
  int images;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the scenes follow from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public void run() {
    int heldOut = Math.max(1, images / IMAGES_PER_HELD_OUT);
    SyntheticDataset dataset = new SyntheticDataset(images - 2 * heldOut, heldOut, heldOut, seed);
    dataset.write(directory);
    Terminal.out(spec)
        .printf(
            "%s: %,d train, %,d val, %,d test%n",
            directory, dataset.train(), dataset.val(), dataset.test());
  }
}
