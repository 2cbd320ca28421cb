package io.deixis.batch.data;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.Terminal;
import io.deixis.batch.WholeNumber;
import io.deixis.dataset.DatasetInspection;
import io.deixis.dataset.Defect;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SplitList;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.grounding.GroundingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dataset check}: reads every file of the splits and reports all defects. */
@Command(
    name = "check",
    description = {
      "Reads every annotation and caption of the splits, looks for their images, and tells every"
          + " defect with its file and line.",
      "Ends with 5 where an image cannot be used as it is; warnings alone are no failure."
    })
public class DatasetCheckCommand implements Callable<Integer> {

  private static final List<String> USUAL = List.of("train", "val", "test");

  private static final int MOST_BYTES = 64 << 20;
  private static final long MOST_PIXELS = 100_000_000L;

  @Spec CommandSpec spec;

  @Mixin DataArgument source = new DataArgument();

  @Option(
      names = "--decode",
      description = "Also decode every image that is there, and compare its size.")
  boolean decode;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      converter = WholeNumber.From0.class,
      description =
          "Most defects told of each split, the rest being counted (default: ${DEFAULT-VALUE}).")
  int shown;

  @Mixin ResultOutput output = new ResultOutput();

  private final ImageDecoder decoder = new ImageDecoder(MOST_BYTES, MOST_PIXELS);

  /**
   * What was found in one split.
   *
   * @param split its name
   * @param images ids in its list
   * @param unusable images with an error
   * @param withoutFile images that have no file
   * @param defects everything that is wrong, errors and warnings
   */
  record Finding(String split, int images, int unusable, int withoutFile, List<Defect> defects) {

    boolean isBroken() {
      return Defect.firstError(defects).isPresent();
    }
  }

  @Override
  public Integer call() {
    GroundingDataset data = source.open();
    List<String> splits = splits(data);
    long began = System.nanoTime();
    DatasetInspection inspection = new DatasetInspection(data);
    Map<String, List<Defect>> lists = inspection.ofLists(splits);
    PrintWriter out = Terminal.out(spec);
    List<Finding> findings = new ArrayList<>();
    for (String split : splits) {
      Finding finding = inspect(data, inspection, split, lists.get(split));
      findings.add(finding);
      if (!output.json()) {
        print(out, finding);
      }
    }
    output.print(
        findings,
        text ->
            text.printf(
                Locale.ROOT,
                "%,d images read in %.1f s%n",
                findings.stream().mapToInt(Finding::images).sum(),
                (System.nanoTime() - began) / 1e9));
    boolean broken = findings.stream().anyMatch(Finding::isBroken);
    return (broken ? ExitStatus.UNHEALTHY : ExitStatus.OK).code();
  }

  /** Returns the usual splits that there are, or else all that there are. */
  private List<String> splits(GroundingDataset data) {
    List<String> all = data.splits();
    List<String> usual = all.stream().filter(USUAL::contains).toList();
    if (all.isEmpty()) {
      throw CommandFailure.input(
          "%s has none of the lists train.txt, val.txt and test.txt; put the lists of image ids"
              + " there.",
          source.directory);
    }
    return usual.isEmpty() ? all : usual;
  }

  private Finding inspect(
      GroundingDataset data, DatasetInspection inspection, String split, List<Defect> ofList) {
    List<Defect> defects = new ArrayList<>(ofList);
    List<String> ids = data.list(split).entries().stream().map(SplitList.Entry::id).toList();
    int unusable = 0;
    for (String id : ids) {
      List<Defect> found = new ArrayList<>(data.defects(id));
      if (decode) {
        found.addAll(decode(data, id, Defect.firstError(found).isEmpty()));
      }
      if (Defect.firstError(found).isPresent()) {
        unusable++;
      }
      defects.addAll(found);
    }
    List<Defect> missing = inspection.missingImages(split);
    if (missing.size() < ids.size()) {
      defects.addAll(missing); // with no image at all, they were not meant to be there
    }
    return new Finding(split, ids.size(), unusable, missing.size(), List.copyOf(defects));
  }

  /** Decodes an image, and compares its size with its annotations' where they can be read. */
  private List<Defect> decode(GroundingDataset data, String id, boolean readable) {
    Path file = data.image(id);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      UprightImage image = decoder.decode(Files.readAllBytes(file));
      return readable
          ? data.read(id).sizeDefect(file, image.width(), image.height()).stream().toList()
          : List.of();
    } catch (GroundingException | IOException damaged) {
      return List.of(Defect.ofFile(file, "the image cannot be decoded"));
    }
  }

  private void print(PrintWriter out, Finding finding) {
    out.printf(
        Locale.ROOT,
        "%-6s %,7d ids, %,d unusable, %,d without image file%n",
        finding.split(),
        finding.images(),
        finding.unusable(),
        finding.withoutFile());
    List<Defect> defects = finding.defects();
    defects.stream().limit(shown).forEach(defect -> out.printf("  %s%n", defect.text()));
    if (defects.size() > shown) {
      out.printf(Locale.ROOT, "  and %,d more; --show N tells N of them%n", defects.size() - shown);
    }
  }
}
