package io.deixis.batch;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ground}: phrases or a caption in images on disk. */
@Command(
    name = "ground",
    description = {
      "Finds in photos what phrases mean.",
      "The leading arguments that exist as files or folders are the images (a folder stands for"
          + " the images directly in it); the rest are phrases."
    },
    footer = {
      "%nExamples:",
      "  deixis ground photo.jpg \"a red bicycle\" \"the rider\"",
      "  deixis ground photo.jpg --caption \"A man in a hat waves at a train.\"",
      "  deixis ground photo.jpg --caption \"[/EN#1/people A man] in [/EN#2/clothing a hat]\""
    })
public class GroundCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE... PHRASE",
      description = "Image files or folders, then phrases.")
  List<String> arguments;

  @Option(
      names = "--caption",
      paramLabel = "TEXT",
      description = "A caption in place of phrases, plain or with [/EN#...] entity markup.")
  String caption;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "Score from which a box counts as found: best, default or a number (default: best).")
  String threshold;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Most boxes for each phrase (default: ${DEFAULT-VALUE}).")
  int top = GroundingOptions.DEFAULTS.top();

  private final Grounder grounder;
  private final GroundingLimits limits;

  GroundCommand(Grounder grounder, GroundingLimits limits) {
    this.grounder = grounder;
    this.limits = limits;
  }

  @Override
  public Integer call() {
    GroundArguments given = GroundArguments.of(arguments);
    Query query = queryOf(given.phrases());
    GroundingOptions options = options();
    ExitStatus status = ExitStatus.OK;
    for (Path image : given.images()) {
      try {
        show(image, grounder.ground(new GroundingRequest(read(image), query, options)));
      } catch (GroundingException refused) {
        if (given.images().size() == 1 || ExitStatus.of(refused.reason()) != ExitStatus.INPUT) {
          throw refused;
        }
        spec.commandLine().getErr().printf("%s: %s%n", image, refused.getMessage());
        status = ExitStatus.INPUT;
      }
    }
    return status.code();
  }

  private Query queryOf(List<String> phrases) {
    if (caption != null && !phrases.isEmpty()) {
      throw new CommandFailure(ExitStatus.USAGE, "Give either phrases or --caption, not both.");
    }
    if (caption == null && phrases.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.USAGE, "Say what to look for: phrases after the images, or --caption TEXT.");
    }
    return caption != null ? Query.ofCaption(caption) : new Query.Phrases(phrases);
  }

  private GroundingOptions options() {
    return new GroundingOptions(
        threshold == null ? GroundingOptions.DEFAULTS.threshold() : Threshold.parse(threshold),
        top,
        GroundingOptions.DEFAULTS.nms());
  }

  private byte[] read(Path image) {
    try {
      if (Files.size(image) > limits.imageBytes()) {
        throw new GroundingException(
            GroundingException.Reason.IMAGE_TOO_MANY_BYTES,
            "image",
            "The image has more than %,d bytes; send a smaller one or raise deixis.limits.image-bytes."
                .formatted(limits.imageBytes()));
      }
      return Files.readAllBytes(image);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "The file \"%s\" cannot be read; check its permissions.".formatted(image),
          unreadable);
    }
  }

  private void show(Path image, GroundingAnswer answer) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s (%d x %d)%n", image, answer.width(), answer.height());
    answer.caption().ifPresent(text -> out.printf("\"%s\"%n", text));
    out.print(new AnswerTable(spec.commandLine().getColorScheme()).of(answer));
    out.printf(
        "threshold %.2f, model %s %s, %.0f ms%n",
        answer.threshold(),
        answer.model().name(),
        answer.model().version(),
        answer.timings().total());
    out.flush();
  }
}
