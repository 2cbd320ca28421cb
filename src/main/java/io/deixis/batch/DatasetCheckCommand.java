package io.deixis.batch;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Flickr30kEntities;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dataset check}: reads every file of the splits and names those that cannot be used. */
@Command(
    name = "check",
    description = "Reads every annotation and caption of the splits and looks for their images.")
public class DatasetCheckCommand implements Callable<Integer> {

  /** Problems shown of one split; the rest are counted. */
  private static final int SHOWN = 10;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder with Annotations and Sentences.")
  Path directory;

  @Override
  public Integer call() {
    Flickr30kEntities data = Flickr30kEntities.open(directory);
    List<Split> splits = Split.presentIn(data);
    if (splits.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "%s has none of the lists train.txt, val.txt and test.txt; put the lists of image ids there."
              .formatted(directory));
    }
    boolean broken = false;
    for (Split split : splits) {
      broken |= !check(data, split);
    }
    return (broken ? ExitStatus.UNHEALTHY : ExitStatus.OK).code();
  }

  /** Returns whether every annotation of the split can be read. */
  private boolean check(Flickr30kEntities data, Split split) {
    List<String> problems = new ArrayList<>();
    int missingImages = 0;
    for (String id : split.ids()) {
      try {
        data.read(id);
        missingImages += Files.isRegularFile(data.image(id)) ? 0 : 1;
      } catch (DatasetException unusable) {
        problems.add(unusable.getMessage());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-6s %,7d ids, %,d unusable, %,d without image file%n",
        split.name(), split.ids().size(), problems.size(), missingImages);
    problems.stream().limit(SHOWN).forEach(problem -> out.println("  " + problem));
    if (problems.size() > SHOWN) {
      out.printf("  and %,d more%n", problems.size() - SHOWN);
    }
    return problems.isEmpty();
  }
}
