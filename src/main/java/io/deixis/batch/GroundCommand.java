package io.deixis.batch;

import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnswerWriters;
import io.deixis.answers.AnsweredPhoto;
import io.deixis.answers.JsonWriter;
import io.deixis.engine.ActiveModel;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingService;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.RequestDraft;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      "  deixis ground photo.jpg --caption \"[/EN#1/people A man] in [/EN#2/clothing a hat]\"",
      "  deixis ground photos car bus --format yolo --classes names.txt --out labels"
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
      names = "--query",
      paramLabel = "TEXT",
      description = "What you would type, in place of phrases: a phrase, a question, a sentence.")
  String query;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "Score from which a box counts as found: best, default or a number (default: as"
              + " deixis.thresholds.* says).")
  String threshold;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Most boxes for each phrase (default: ${DEFAULT-VALUE}).")
  int top = GroundingOptions.DEFAULTS.top();

  @Option(
      names = "--nms",
      paramLabel = "IOU",
      description =
          "Overlap from 0 to 1 above which the worse of two boxes is dropped (default:"
              + " ${DEFAULT-VALUE}).")
  double nms = GroundingOptions.DEFAULTS.nms();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The bundle that answers (default: the first of deixis.models.active).")
  String model;

  @Option(names = "--json", description = "Print one JSON document; the same as --format json.")
  boolean json;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Write the answers in a format: json, coco, coco-dataset, csv, svg or yolo.")
  String format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "Write them into this file; for formats with a file for each photo, a folder if there are"
              + " several photos.")
  Path out;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Names of classes, one a line, in the order of their numbers (for yolo).")
  Path classes;

  @Option(
      names = "--image-id",
      paramLabel = "N",
      description =
          "The first photo's id, from which the others count on (for coco and csv; default:"
              + " ${DEFAULT-VALUE}).")
  long firstImageId = 1;

  @Option(
      names = "--svg",
      paramLabel = "PATH",
      description =
          "Also draw the boxes over the photo into this file; for several images, a folder.")
  Path svgTarget;

  private final GroundingService service;
  private final AnswerWriters writers;
  private final ActiveModel models;

  GroundCommand(GroundingService service, AnswerWriters writers, ActiveModel models) {
    this.service = service;
    this.writers = writers;
    this.models = models;
  }

  @Override
  public Integer call() {
    GroundArguments given = GroundArguments.of(arguments);
    List<String> phrases = given.phrases();
    if (phrases.isEmpty() && caption == null && query == null) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "Say what to look for: phrases after the images, --caption TEXT or --query TEXT.");
    }
    if (model != null) {
      models.include(model);
    }
    List<GroundOutput> outputs = outputs(given.images());
    ExitStatus status = ExitStatus.OK;
    long imageId = firstImageId;
    for (Path image : given.images()) {
      try {
        AnsweredPhoto photo = answered(image, imageId++, phrases);
        outputs.forEach(output -> output.answered(image, photo));
      } catch (GroundingException refused) {
        // What is wrong with one photo says nothing of the others.
        if (given.images().size() == 1 || refused.field().filter("image"::equals).isEmpty()) {
          throw refused;
        }
        status = refused(image, refused.getMessage(), ExitStatus.of(refused.reason()), outputs);
      } catch (UnreadableImage unreadable) {
        if (given.images().size() == 1) {
          throw new CommandFailure(ExitStatus.INPUT, unreadable.getMessage(), unreadable);
        }
        status = refused(image, unreadable.getMessage(), ExitStatus.INPUT, outputs);
      }
    }
    outputs.forEach(GroundOutput::finish);
    return status.code();
  }

  private ExitStatus refused(
      Path image, String why, ExitStatus status, List<GroundOutput> outputs) {
    outputs.forEach(output -> output.refused(image, why));
    spec.commandLine().getErr().printf("%s: %s%n", image, why);
    return status;
  }

  private AnsweredPhoto answered(Path image, long imageId, List<String> phrases)
      throws UnreadableImage {
    byte[] photo = read(image);
    RequestDraft draft =
        new RequestDraft(photo, "phrase", phrases, caption, query, threshold, top, nms, model);
    return new AnsweredPhoto(
        Optional.of(image.getFileName().toString()),
        imageId,
        photo,
        service.ground(draft, RequestContext.NONE));
  }

  private List<GroundOutput> outputs(List<Path> images) {
    List<GroundOutput> outputs = new ArrayList<>();
    outputs.add(output(images));
    if (svgTarget != null) {
      outputs.add(files(writer("svg"), svgTarget, images));
    }
    return outputs;
  }

  private GroundOutput output(List<Path> images) {
    PrintWriter terminal = spec.commandLine().getOut();
    if (!json && format == null) {
      if (out != null) {
        throw new CommandFailure(ExitStatus.USAGE, "--out needs a format; add --format.");
      }
      return new GroundOutput.Tables(terminal, spec.commandLine().getColorScheme());
    }
    if (json && format != null && !format.equals(JsonWriter.NAME)) {
      throw new CommandFailure(ExitStatus.USAGE, "Give either --json or --format, not both.");
    }
    AnswerWriter writer = writer(json ? JsonWriter.NAME : format);
    if (out != null) {
      return files(writer, out, images);
    }
    if (!writer.holdsSeveral() && images.size() > 1) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "The format %s has a file for each photo; name a folder with --out."
              .formatted(writer.name()));
    }
    return document(
        writer,
        text -> {
          terminal.print(text);
          terminal.flush();
        });
  }

  private GroundOutput files(AnswerWriter writer, Path target, List<Path> images) {
    if (Files.isDirectory(target) || !writer.holdsSeveral() && images.size() > 1) {
      return new GroundOutput.Folder(writer, options(writer), target, images);
    }
    GroundOutput.Sink.refuseImages(target, images);
    return document(writer, new GroundOutput.Sink.ToFile(target));
  }

  private GroundOutput document(AnswerWriter writer, GroundOutput.Sink sink) {
    return writer instanceof JsonWriter jsonWriter
        ? new GroundOutput.Json(jsonWriter, sink)
        : new GroundOutput.Document(writer, options(writer), sink);
  }

  private AnswerWriter writer(String name) {
    return writers
        .named(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitStatus.USAGE,
                    "There is no format \"%s\"; use one of %s."
                        .formatted(
                            name,
                            writers.all().stream()
                                .map(AnswerWriter::name)
                                .collect(Collectors.joining(", ")))));
  }

  private AnswerWriter.Options options(AnswerWriter writer) {
    if (classes == null) {
      if (writer.needsClasses()) {
        throw new CommandFailure(
            ExitStatus.USAGE,
            "The format %s needs the names of classes; add --classes FILE."
                .formatted(writer.name()));
      }
      return AnswerWriter.Options.NONE;
    }
    try {
      return new AnswerWriter.Options(
          Files.readAllLines(classes, StandardCharsets.UTF_8).stream()
              .map(name -> name.replace("\ufeff", "").strip())
              .toList());
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitStatus.INPUT,
          "The list of classes \"%s\" cannot be read; write one name a line, in UTF-8."
              .formatted(classes),
          unreadable);
    }
  }

  /** An image file that is there but cannot be read. */
  private static final class UnreadableImage extends Exception {
    UnreadableImage(Path image, IOException cause) {
      super("The file \"%s\" cannot be read; check its permissions.".formatted(image), cause);
    }
  }

  private byte[] read(Path image) throws UnreadableImage {
    try {
      service.checkImageBytes(Files.size(image));
      return Files.readAllBytes(image);
    } catch (IOException unreadable) {
      throw new UnreadableImage(image, unreadable);
    }
  }
}
