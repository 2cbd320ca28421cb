package io.deixis.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnnotatedSvg;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal;
import io.deixis.grounding.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
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

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description =
          "Also draw the boxes over the photo into this file; for several images, a folder.")
  Path svgTarget;

  private final Grounder grounder;
  private final GroundingLimits limits;
  private final AnnotatedSvg svg;
  private final ObjectMapper mapper;

  GroundCommand(Grounder grounder, GroundingLimits limits, AnnotatedSvg svg, ObjectMapper mapper) {
    this.grounder = grounder;
    this.limits = limits;
    this.svg = svg;
    this.mapper = mapper;
  }

  @Override
  public Integer call() {
    GroundArguments given = GroundArguments.of(arguments);
    Query query = queryOf(given.phrases());
    GroundingOptions options = options();
    GroundOutput output = output();
    ExitStatus status = ExitStatus.OK;
    for (Path image : given.images()) {
      try {
        byte[] photo = read(image);
        GroundingAnswer answer = grounder.ground(new GroundingRequest(photo, query, options));
        output.answered(image, answer);
        if (svgTarget != null) {
          new SvgFiles(svg, svgTarget, given.images().size()).write(image, photo, answer);
        }
      } catch (GroundingException refused) {
        if (given.images().size() == 1 || ExitStatus.of(refused.reason()) != ExitStatus.INPUT) {
          throw refused;
        }
        output.refused(image, refused);
        status = ExitStatus.INPUT;
      }
    }
    output.finish();
    return status.code();
  }

  private GroundOutput output() {
    CommandLine commandLine = spec.commandLine();
    return json
        ? new GroundReport(mapper, commandLine.getOut())
        : new GroundOutput.Tables(
            commandLine.getOut(), commandLine.getErr(), commandLine.getColorScheme());
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
            Refusal.Reason.IMAGE_TOO_MANY_BYTES,
            "image",
            "The image has more than %,d bytes".formatted(limits.imageBytes()),
            "send a smaller one or raise deixis.limits.image-bytes");
      }
      return Files.readAllBytes(image);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "The file \"%s\" cannot be read; check its permissions.".formatted(image),
          unreadable);
    }
  }
}
