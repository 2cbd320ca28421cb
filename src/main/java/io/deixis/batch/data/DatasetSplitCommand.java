package io.deixis.batch.data;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.Terminal;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.ImageProfile;
import io.deixis.dataset.StratifiedSplit;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dataset split}: divides the images of a split into others that resemble each other. */
@Command(
    name = "split",
    description = {
      "Divides the images of a list into new lists such that every entity type and the positive"
          + " ratio are spread over them by their shares.",
      "An image goes into one of them, with all of its phrases. Lists that are there are left"
          + " alone."
    })
public class DatasetSplitCommand implements Runnable {

  @Spec CommandSpec spec;

  @Mixin DataArgument source = new DataArgument();

  @Option(
      names = "--from",
      paramLabel = "NAME",
      defaultValue = "train",
      description = "The split to divide (default: ${DEFAULT-VALUE}).")
  String from;

  @Option(
      names = "--into",
      paramLabel = "NAME=SHARE",
      required = true,
      split = ",",
      description = "The new splits with their shares, such as fit=0.9,check=0.1.")
  Map<String, Double> shares = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the division follows from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public void run() {
    GroundingDataset data = source.open();
    StratifiedSplit division = division();
    List<ImageProfile> images =
        data.split(from).stream().map(id -> ImageProfile.of(data.read(id))).toList();
    Map<String, ImageProfile> profiles = new LinkedHashMap<>();
    images.forEach(image -> profiles.put(image.image(), image));
    Map<String, List<String>> splits = division.split(images);
    data.addSplits(splits);
    PrintWriter out = Terminal.out(spec);
    print(out, from, images);
    splits.forEach((name, ids) -> print(out, name, ids.stream().map(profiles::get).toList()));
  }

  private StratifiedSplit division() {
    try {
      return new StratifiedSplit(shares, seed);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, e.getMessage(), e);
    }
  }

  private static void print(PrintWriter out, String name, List<ImageProfile> images) {
    Map<String, Integer> types = new TreeMap<>();
    images.forEach(image -> image.types().forEach(type -> types.merge(type, 1, Integer::sum)));
    out.printf(
        Locale.ROOT,
        "%s: %,d images, %.1f %% positive%n",
        name,
        images.size(),
        100 * images.stream().mapToDouble(ImageProfile::positiveRatio).average().orElse(0));
    types.forEach(
        (type, count) ->
            out.printf(
                Locale.ROOT,
                "  %-14s in %5.1f %% of the images%n",
                type,
                100.0 * count / Math.max(1, images.size())));
  }
}
