package io.deixis.batch;

import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SideQuestions;
import io.deixis.dataset.format.Flickr30kEntitiesWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dataset sides}: makes a data set that asks for people by their side. */
@Command(
    name = "sides",
    description = {
      "Asks images with several annotated people for \"the person on the left\" and \"the person on"
          + " the right\", where it is clear who that is.",
      "Writes a data set with the splits two-people and more-people, which evaluate and score"
          + " take."
    })
public class DatasetSidesCommand implements Callable<Integer> {

  static final String TWO = "two-people";
  static final String MORE = "more-people";

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "The data: a folder, or a file of annotations (see --format).")
  Path directory;

  @Mixin DataFormat format = new DataFormat();

  @Option(
      names = "--from",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split whose images are asked (default: ${DEFAULT-VALUE}).")
  String from;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "A new or empty folder; photos are copied into it.")
  Path out;

  @Override
  public Integer call() {
    GroundingDataset data = format.open(directory);
    List<SideQuestions.Asked> asked =
        data.split(from).stream().flatMap(id -> SideQuestions.of(data.read(id)).stream()).toList();
    if (asked.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "No image of the split %s has two people clearly apart; name another with --from."
              .formatted(from));
    }
    Flickr30kEntitiesWriter writer = new Flickr30kEntitiesWriter(out);
    DatasetCard card = data.card();
    writer.writeCard(
        new DatasetCard(
            card.name() + ", people by their side",
            card.licence(),
            "Made by dataset sides from the split %s of: %s".formatted(from, card.description())));
    List<SideQuestions.Asked> two = new ArrayList<>();
    List<SideQuestions.Asked> more = new ArrayList<>();
    for (SideQuestions.Asked image : asked) {
      writer.write(image.image(), data.image(image.image().id()));
      (image.people() == 2 ? two : more).add(image);
    }
    add(writer, TWO, two);
    add(writer, MORE, more);
    return ExitStatus.OK.code();
  }

  private void add(Flickr30kEntitiesWriter writer, String split, List<SideQuestions.Asked> images) {
    writer.writeSplit(split, images.stream().map(asked -> asked.image().id()).toList());
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %,d images, %,d questions%n",
            split,
            images.size(),
            images.stream().mapToInt(asked -> asked.image().sentences().size()).sum());
  }
}
