package io.deixis.batch.ground;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnswerWriters;
import io.deixis.batch.BoxOptions;
import io.deixis.batch.CommandFailure;
import io.deixis.batch.DecimalNumber;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.Terminal;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.image.TrainerPhotos;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code label}: a detection data set of photos that have no labels yet. */
@Command(
    name = "label",
    description = {
      "Makes a detection data set of photos of your own.",
      "Every photo in the folder and below it is asked for every class, copied, and put into the"
          + " split train or val. A class for several kinds of things, such as \"person\", is asked"
          + " by these kinds as well. Copies are as they were, except that a JPEG that its EXIF"
          + " turns is written upright, and a GIF as PNG, since many trainers read them otherwise."
          + " Look through the labels before you train on them."
    },
    footer = {
      "%nExamples:",
      "  deixis label photos --classes classes.txt --out dogs",
      "  deixis label photos --classes classes.txt --out dogs-coco --format coco"
    })
public class LabelCommand implements Callable<Integer> {

  /** More things of a class than this are seldom in a photo. */
  private static final int MOST_BOXES = 100;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A folder of photos.")
  Path photos;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      required = true,
      description = "What to look for, a class a line, such as \"dog\" or \"person with a hat\".")
  Path classes;

  @Option(
      names = "--out",
      paramLabel = "DATASET",
      required = true,
      description = "The folder of the data set.")
  Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "yolo (as Ultralytics reads it), coco or voc (default: ${DEFAULT-VALUE}).")
  LabelledDataset.Format format = LabelledDataset.Format.yolo;

  @Option(
      names = "--val",
      paramLabel = "SHARE",
      converter = DecimalNumber.ShareBelow1.class,
      description = "Share of the photos that go into the split val (default: ${DEFAULT-VALUE}).")
  double val = 0.1;

  @Mixin BoxOptions boxes = new BoxOptions(MOST_BOXES);

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The bundle that answers (default: the first of deixis.models.active).")
  String model;

  @Option(names = "--resume", description = "Go on where an earlier run was stopped.")
  boolean resume;

  private final GroundingService service;
  private final AnswerWriters writers;
  private final ObjectMapper mapper;
  private final ActiveModel models;
  private final TrainerPhotos trainerPhotos;

  LabelCommand(
      GroundingService service,
      AnswerWriters writers,
      ObjectMapper mapper,
      ActiveModel models,
      TrainerPhotos trainerPhotos) {
    this.service = service;
    this.writers = writers;
    this.mapper = mapper;
    this.models = models;
    this.trainerPhotos = trainerPhotos;
  }

  @Override
  public Integer call() {
    List<String> names = names();
    List<Photo> found = found();
    if (!resume && Files.isDirectory(out) && out.toFile().list().length > 0) {
      throw CommandFailure.usage(
          "The folder \"%s\" is not empty; name another with --out, or go on with --resume.", out);
    }
    if (model != null) {
      models.include(model);
    }
    LabelledDataset dataset =
        new LabelledDataset(out, names, split(found, val), mapper, trainerPhotos::file, resume);
    List<GroundOutput> outputs = dataset.outputs(format, found, this::writer);
    PhotoLoop loop = new PhotoLoop(service, photo -> labelled(photo, names), Terminal.err(spec));
    ExitStatus status = loop.run(found, Collections.emptyIterator(), outputs, resume, 1, false);
    dataset.describe(format, found);
    Terminal.out(spec).printf("%s: %s%n", out, dataset.summary());
    return status.code();
  }

  /** Asks for the classes, in several requests if one may not have so many. */
  private GroundingAnswer labelled(byte[] photo, List<String> names) {
    List<GroundedPhrase> found = new ArrayList<>();
    GroundingAnswer answer = null;
    for (int from = 0; from < names.size(); from += service.mostPhrases()) {
      List<String> part = names.subList(from, Math.min(names.size(), from + service.mostPhrases()));
      answer = service.label(boxes.draft(photo, part, null, null, model), RequestContext.NONE);
      found.addAll(answer.phrases());
    }
    return answer.with(found);
  }

  private List<String> names() {
    List<String> names = ClassNames.read(classes).stream().filter(name -> !name.isEmpty()).toList();
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(name)) {
        throw CommandFailure.input(
            "The class \"%s\" is twice in \"%s\"; write each once.", name, classes);
      }
    }
    if (names.isEmpty()) {
      throw CommandFailure.input("\"%s\" names no classes; write one a line.", classes);
    }
    return names;
  }

  /** Returns the photos without those of the data set itself, which may be in the same folder. */
  private List<Photo> found() {
    if (!Files.isDirectory(photos)) {
      throw CommandFailure.input("There is no folder \"%s\"; name one of photos.", photos);
    }
    Path own = out.toAbsolutePath().normalize();
    List<Photo> found =
        GroundArguments.photosAt(photos).stream()
            .filter(
                photo -> !photo.file().orElseThrow().toAbsolutePath().normalize().startsWith(own))
            .map(photo -> photo.called(TrainerPhotos.name(photo.name())))
            .toList();
    if (found.isEmpty()) {
      throw CommandFailure.input("There is no image in the folder \"%s\".", photos);
    }
    return found;
  }

  /** Returns the names of the photos for validation: the same whenever the photos are the same. */
  private static Set<String> split(List<Photo> photos, double share) {
    List<String> names = new ArrayList<>(photos.stream().map(Photo::name).toList());
    Collections.shuffle(names, new java.util.Random(1));
    int count = (int) Math.round(names.size() * share);
    return Set.copyOf(names.subList(0, share > 0 && names.size() > 1 ? Math.max(1, count) : count));
  }

  private AnswerWriter writer(String name) {
    return writers.named(name).orElseThrow();
  }
}
