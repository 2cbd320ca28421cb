package io.deixis.batch.ground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnswerWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The files of a detection data set, photos included, in the layouts that trainers know. */
final class LabelledDataset {

  /** The layouts. */
  enum Format {
    /** {@code images/SPLIT}, {@code labels/SPLIT}, {@code data.yaml}. */
    yolo,
    /** {@code images}, {@code SPLIT.json}. */
    coco,
    /** {@code JPEGImages}, {@code Annotations}, {@code ImageSets/Main/SPLIT.txt}. */
    voc
  }

  private static final String TRAIN = "train";
  private static final String VAL = "val";

  private final Path folder;
  private final List<String> classes;
  private final Set<String> validation;
  private final ObjectMapper mapper;
  private final UnaryOperator<byte[]> copies;
  private final boolean resume;
  private final Counts counts = new Counts();

  /**
   * Takes a data set.
   *
   * @param classes names in the order of their numbers
   * @param validation names of the photos that are for validation
   * @param copies returns a photo's file in the data set
   */
  LabelledDataset(
      Path folder,
      List<String> classes,
      Set<String> validation,
      ObjectMapper mapper,
      UnaryOperator<byte[]> copies,
      boolean resume) {
    this.folder = folder;
    this.classes = classes;
    this.validation = validation;
    this.mapper = mapper;
    this.copies = copies;
    this.resume = resume;
  }

  /**
   * Returns what takes photos and labels.
   *
   * @param writers returns the writer of a format's name
   */
  List<GroundOutput> outputs(
      Format format, List<Photo> photos, Function<String, AnswerWriter> writers) {
    AnswerWriter.Options options = new AnswerWriter.Options(classes);
    List<GroundOutput> outputs = new ArrayList<>();
    outputs.add(
        new GroundOutput.PhotoFiles(
            photo -> image(format, photo), answered -> copies.apply(answered.photo())));
    switch (format) {
      case yolo ->
          outputs.add(
              files(
                  writers.apply("yolo"),
                  options,
                  photo -> folder.resolve("labels").resolve(split(photo)),
                  photos));
      case voc ->
          outputs.add(
              files(writers.apply("voc"), options, photo -> folder.resolve("Annotations"), photos));
      case coco -> {
        Map<String, Photo> bySource = new HashMap<>();
        photos.forEach(photo -> bySource.put(photo.source(), photo));
        for (String split : splits()) {
          PhotosFormat document =
              PhotosFormat.of(
                  writers.apply("coco-dataset"), options, source -> bySource.get(source).name());
          Path file = folder.resolve(split + ".json");
          outputs.add(
              new Split(
                  photo -> split(photo).equals(split),
                  new DocumentFile(document, file, mapper, resume)));
        }
      }
    }
    outputs.add(counts);
    return outputs;
  }

  private static GroundOutput files(
      AnswerWriter writer,
      AnswerWriter.Options options,
      Function<Photo, Path> folders,
      List<Photo> photos) {
    return GroundOutput.PhotoFiles.of(
        writer,
        options,
        photo -> folders.apply(photo).resolve(writer.format().fileName(photo.name())),
        photos);
  }

  private List<String> splits() {
    return validation.isEmpty() ? List.of(TRAIN) : List.of(TRAIN, VAL);
  }

  private String split(Photo photo) {
    return validation.contains(photo.name()) ? VAL : TRAIN;
  }

  private Path image(Format format, Photo photo) {
    return switch (format) {
      case yolo -> folder.resolve("images").resolve(split(photo)).resolve(photo.name());
      case coco -> folder.resolve("images").resolve(photo.name());
      case voc -> folder.resolve("JPEGImages").resolve(photo.name());
    };
  }

  /** Writes what tells trainers where everything is, after the last photo. */
  void describe(Format format, List<Photo> photos) {
    switch (format) {
      case yolo -> write(folder.resolve("data.yaml"), yaml());
      case voc -> {
        for (String split : splits()) {
          List<String> stems =
              photos.stream()
                  .filter(photo -> split(photo).equals(split))
                  .filter(photo -> Files.exists(image(format, photo)))
                  .map(photo -> AnswerWriter.stem(photo.name()))
                  .toList();
          write(folder.resolve("ImageSets").resolve("Main").resolve(split + ".txt"), lines(stems));
        }
      }
      case coco -> {}
    }
    write(folder.resolve("classes.txt"), lines(classes));
  }

  private String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("train: images/").append(filled(TRAIN, VAL)).append('\n');
    yaml.append("val: images/").append(filled(VAL, TRAIN)).append('\n');
    yaml.append("names:\n");
    for (int i = 0; i < classes.size(); i++) {
      yaml.append("  ").append(i).append(": ").append(quoted(classes.get(i))).append('\n');
    }
    return yaml.toString();
  }

  /** Returns a split, or the other one if it has no photo: Ultralytics takes no empty one. */
  private String filled(String split, String other) {
    return Files.isDirectory(folder.resolve("images").resolve(split)) ? split : other;
  }

  /** Returns a text as JSON has it, which YAML reads too. */
  private String quoted(String text) {
    try {
      return mapper.writeValueAsString(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
  }

  private static void write(Path file, String text) {
    OutputFile.write(file, partial -> Files.writeString(partial, text));
  }

  /** Returns how many photos and boxes this run added. */
  String summary() {
    return "%d photos and %d boxes added".formatted(counts.photos, counts.boxes);
  }

  private static final class Counts implements GroundOutput {
    private int photos;
    private int boxes;

    @Override
    public Set<String> done(List<Photo> known) {
      return Set.copyOf(known.stream().map(Photo::source).toList());
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      line.answer()
          .ifPresent(
              answer -> {
                photos++;
                boxes += answer.phrases().stream().mapToInt(p -> p.boxes().size()).sum();
              });
    }
  }

  /** The photos of one split; those of other splits count as done. */
  private record Split(Predicate<Photo> mine, GroundOutput output) implements GroundOutput {

    @Override
    public Set<String> done(List<Photo> photos) {
      Set<String> done = new HashSet<>(output.done(photos.stream().filter(mine).toList()));
      photos.stream().filter(mine.negate()).map(Photo::source).forEach(done::add);
      return done;
    }

    @Override
    public Map<String, Long> begin(Set<String> kept) {
      return output.begin(kept);
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      if (mine.test(photo)) {
        output.take(photo, line, bytes);
      }
    }

    @Override
    public void finish() {
      output.finish();
    }
  }
}
