package io.deixis.batch.ground;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnswerWriter.Trait;
import io.deixis.answers.AnswerWriters;
import io.deixis.answers.JsonWriter;
import io.deixis.batch.BoxOptions;
import io.deixis.batch.CommandFailure;
import io.deixis.batch.DecimalNumber;
import io.deixis.batch.Terminal;
import io.deixis.engine.ActiveModel;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ground}: phrases or a caption in images on disk. */
@Command(
    name = "ground",
    description = {
      "Finds in photos what phrases mean.",
      "The leading arguments that exist as files or folders are the images: a folder stands for the"
          + " images in it and below it, - for a list of paths on standard input, one a line, a"
          + " video for its frames, which ffmpeg reads. The rest are phrases.",
      "Photos are asked on all cores. One that cannot be read is told, and the others go on."
    },
    footer = {
      "%nExamples:",
      "  deixis ground photo.jpg \"a red bicycle\" \"the rider\"",
      "  deixis ground photo.jpg --caption \"A man in a hat waves at a train.\"",
      "  deixis ground photo.jpg --caption \"[/EN#1/people A man] in [/EN#2/clothing a hat]\"",
      "  deixis ground photos car bus --format yolo --classes names.txt --out labels",
      "  find . -name '*.jpg' | deixis ground - \"a dog\" --format csv --out dogs.csv",
      "  deixis ground clip.mp4 \"a red car\" --fps 2 --png frames"
    })
public class GroundCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE... PHRASE",
      description = "Image files, folders, videos or -, then phrases.")
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

  @Mixin BoxOptions boxes = new BoxOptions();

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
      completionCandidates = Formats.class,
      description = "Write the answers in a format: one of ${COMPLETION-CANDIDATES}.")
  String format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "Write them into this file; for formats with a file for each photo, a folder if there are"
              + " several photos. Until it is whole, a document of several photos is PATH.part, a"
              + " JSON line for each answer.")
  Path out;

  @Option(
      names = "--resume",
      description = "Go on where an earlier run with the same --out, --svg and --png was stopped.")
  boolean resume;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Names of classes, one a line, in the order of their numbers (for yolo; also for voc,"
              + " coco-dataset and label-studio).")
  Path classes;

  @Option(
      names = "--photo-url",
      paramLabel = "PREFIX",
      description =
          "What stands before a photo's name in tasks of Label Studio (default: ${DEFAULT-VALUE}).")
  String photoUrl = "/data/local-files/?d=";

  @Option(
      names = "--fps",
      paramLabel = "N",
      converter = DecimalNumber.FrameRate.class,
      description = "Frames of each second of a video (default: ${DEFAULT-VALUE}).")
  double fps = 1;

  @Option(
      names = "--image-id",
      paramLabel = "N",
      description =
          "The first photo's id, from which the others count on (for coco, csv and json lines;"
              + " default: ${DEFAULT-VALUE}).")
  long firstImageId = 1;

  @Option(
      names = "--svg",
      paramLabel = "PATH",
      description =
          "Also draw the boxes over the photo into this file; for several images, a folder.")
  Path svgTarget;

  @Option(
      names = "--png",
      paramLabel = "PATH",
      description = "The same as a picture of pixels, at most 2048 on a side.")
  Path pngTarget;

  private final GroundingService service;
  private final AnswerWriters writers;
  private final ObjectMapper mapper;
  private final ActiveModel models;

  GroundCommand(
      GroundingService service, AnswerWriters writers, ObjectMapper mapper, ActiveModel models) {
    this.service = service;
    this.writers = writers;
    this.mapper = mapper;
    this.models = models;
  }

  @Override
  public Integer call() {
    GroundArguments given = GroundArguments.of(arguments, System.in);
    List<String> phrases = given.phrases();
    if (phrases.isEmpty() && caption == null && query == null) {
      throw CommandFailure.usage(
          "Say what to look for: phrases after the images, --caption TEXT or --query TEXT.");
    }
    if (resume && out == null && svgTarget == null && pngTarget == null) {
      throw CommandFailure.usage("--resume goes on with what --out, --svg or --png has; add one.");
    }
    if (model != null) {
      models.include(model);
    }
    List<GroundOutput> outputs = outputs(given);
    PhotoLoop loop =
        new PhotoLoop(
            service,
            photo ->
                service.ground(
                    boxes.draft(photo, phrases, caption, query, model), RequestContext.NONE),
            Terminal.err(spec));
    try (Videos videos = new Videos(given.videos(), fps)) {
      return loop.run(
              given.photos(), videos, outputs, resume, firstImageId, out == null && isTerminal())
          .code();
    }
  }

  private static boolean isTerminal() {
    return System.console() != null;
  }

  private List<GroundOutput> outputs(GroundArguments given) {
    List<GroundOutput> outputs = new ArrayList<>();
    output(given, outputs);
    drawing("svg", svgTarget, given, outputs);
    drawing("png", pngTarget, given, outputs);
    return outputs;
  }

  private void drawing(
      String format, Path target, GroundArguments given, List<GroundOutput> outputs) {
    if (target != null) {
      outputs.add(photoFiles(writer(format), target, given));
    }
  }

  private void output(GroundArguments given, List<GroundOutput> outputs) {
    PrintWriter terminal = spec.commandLine().getOut();
    if (!json && format == null) {
      if (out != null) {
        throw CommandFailure.usage("--out needs a format; add --format.");
      }
      outputs.add(new GroundOutput.Tables(Terminal.out(spec), spec.commandLine().getColorScheme()));
      return;
    }
    if (json && format != null && !format.equals(JsonWriter.NAME)) {
      throw CommandFailure.usage("Give either --json or --format, not both.");
    }
    String name = json ? JsonWriter.NAME : format;
    Optional<PhotosFormat> several = several(name, given);
    if (several.isEmpty() || out != null && Files.isDirectory(out)) {
      outputs.add(
          out == null ? printed(writer(name), given) : photoFiles(writer(name), out, given));
    } else if (out != null) {
      OutputFile.refusePhotos(List.of(out), given.photos());
      outputs.add(new DocumentFile(several.get(), out, mapper, resume));
    } else if (name.equals(PhotosFormat.NDJSON)) {
      outputs.add(new GroundOutput.Lines(several.get(), several.get(), terminal));
    } else if (!name.equals(JsonWriter.NAME) && writer(name).format().has(Trait.LINES)) {
      PhotosFormat further =
          PhotosFormat.of(writer(name), options(writer(name)).goingOn(), names(given));
      outputs.add(new GroundOutput.Lines(several.get(), further, terminal));
    } else {
      outputs.add(new GroundOutput.Document(several.get(), terminal));
    }
  }

  /** Returns how one document tells of several photos; empty if each has its own. */
  private Optional<PhotosFormat> several(String name, GroundArguments given) {
    switch (name) {
      case PhotosFormat.NDJSON:
        return Optional.of(PhotosFormat.lines(mapper));
      case JsonWriter.NAME:
        return Optional.of(PhotosFormat.json(mapper));
      default:
        AnswerWriter writer = writer(name);
        return writer.format().has(Trait.SEVERAL_PHOTOS)
            ? Optional.of(PhotosFormat.of(writer, options(writer), names(given)))
            : Optional.empty();
    }
  }

  private static UnaryOperator<String> names(GroundArguments given) {
    Map<String, String> names = new HashMap<>();
    given.photos().forEach(photo -> names.put(photo.source(), photo.name()));
    return source -> names.getOrDefault(source, source);
  }

  private GroundOutput printed(AnswerWriter writer, GroundArguments given) {
    if (!given.isOnePhoto() || writer.format().has(Trait.BINARY)) {
      throw CommandFailure.usage(
          "The format %s has a file for each photo; name %s with --out.",
          writer.format().name(), given.isOnePhoto() ? "it" : "a folder");
    }
    return new GroundOutput.Printed(writer, options(writer), spec.commandLine().getOut());
  }

  private GroundOutput photoFiles(AnswerWriter writer, Path target, GroundArguments given) {
    boolean single = given.isOnePhoto() && !Files.isDirectory(target);
    return GroundOutput.PhotoFiles.of(
        writer,
        options(writer),
        photo -> single ? target : target.resolve(writer.format().fileName(photo.name())),
        given.photos());
  }

  private AnswerWriter writer(String name) {
    return writers
        .named(name)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "There is no format \"%s\"; use one of %s.",
                    name, String.join(", ", new Formats(writers))));
  }

  private AnswerWriter.Options options(AnswerWriter writer) {
    if (classes == null && writer.format().has(Trait.NEEDS_CLASSES)) {
      throw CommandFailure.usage(
          "The format %s needs the names of classes; add --classes FILE.", writer.format().name());
    }
    return new AnswerWriter.Options(
        classes == null ? List.of() : ClassNames.read(classes), photoUrl, false);
  }

  /** The names of the formats. */
  @Dependent
  @Unremovable
  static class Formats extends ArrayList<String> {

    private static final long serialVersionUID = 1;

    Formats(AnswerWriters writers) {
      super(List.of(PhotosFormat.NDJSON));
      writers.all().forEach(writer -> add(writer.format().name()));
    }
  }
}
