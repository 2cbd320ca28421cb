package io.deixis.batch;

import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnsweredPhoto;
import io.deixis.answers.JsonWriter;
import io.deixis.files.AtomicFile;
import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundingAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help;

/** Where the answers of {@code ground} go, image after image. */
interface GroundOutput {

  /** Takes an image's answer. */
  void answered(Path image, AnsweredPhoto photo);

  /** Takes that an image was refused, with one sentence that says why. */
  default void refused(Path image, String why) {}

  /** Ends the output, after the last image. */
  default void finish() {}

  /** Tables for people, each as soon as it is there. */
  record Tables(PrintWriter out, Help.ColorScheme colours) implements GroundOutput {

    @Override
    public void answered(Path image, AnsweredPhoto photo) {
      GroundingAnswer answer = photo.answer();
      out.printf("%s (%d x %d)%n", image, answer.width(), answer.height());
      answer.caption().ifPresent(text -> out.printf("\"%s\"%n", text));
      answer.reading().ifPresent(this::told);
      out.print(new AnswerTable(colours).of(answer));
      out.printf(
          "threshold %.2f, model %s %s, %.0f ms%n",
          answer.threshold(),
          answer.model().name(),
          answer.model().version(),
          answer.timings().total());
      out.flush();
    }

    private void told(AnsweredReading reading) {
      out.println(reading.summary());
      reading.notes().forEach(out::println);
      reading
          .references()
          .forEach(
              reference ->
                  reference
                      .boxes()
                      .forEach(
                          box ->
                              out.printf(
                                  "  %s: %s%n", reference.text(), AnswerTable.box(box.box()))));
    }
  }

  /** One JSON document of all images, those that were refused too. */
  final class Json implements GroundOutput {

    private final JsonWriter writer;
    private final Sink sink;
    private final List<JsonWriter.Photo> photos = new ArrayList<>();

    Json(JsonWriter writer, Sink sink) {
      this.writer = writer;
      this.sink = sink;
    }

    @Override
    public void answered(Path image, AnsweredPhoto photo) {
      photos.add(
          new JsonWriter.Photo(image.toString(), Optional.of(photo.answer()), Optional.empty()));
    }

    @Override
    public void refused(Path image, String why) {
      photos.add(new JsonWriter.Photo(image.toString(), Optional.empty(), Optional.of(why)));
    }

    @Override
    public void finish() {
      sink.put(writer.write(new JsonWriter.Photos(photos)));
    }
  }

  /** One document of all images in another format. */
  final class Document implements GroundOutput {

    private final AnswerWriter writer;
    private final AnswerWriter.Options options;
    private final Sink sink;
    private final List<AnsweredPhoto> photos = new ArrayList<>();

    Document(AnswerWriter writer, AnswerWriter.Options options, Sink sink) {
      this.writer = writer;
      this.options = options;
      this.sink = sink;
    }

    @Override
    public void answered(Path image, AnsweredPhoto photo) {
      photos.add(writer.holdsSeveral() ? photo.withoutPhoto() : photo);
    }

    @Override
    public void finish() {
      if (!photos.isEmpty() || writer.holdsSeveral()) {
        sink.put(writer.write(photos, options));
      }
    }
  }

  /** A file for each image in a folder. */
  final class Folder implements GroundOutput {

    private final AnswerWriter writer;
    private final AnswerWriter.Options options;
    private final Path folder;

    /**
     * Prepares the folder.
     *
     * @throws CommandFailure if two images would have the same file, or one would replace an image
     */
    Folder(AnswerWriter writer, AnswerWriter.Options options, Path folder, List<Path> images) {
      this.writer = writer;
      this.options = options;
      this.folder = folder;
      Map<Path, Path> owners = new HashMap<>();
      for (Path image : images) {
        Path other = owners.put(file(image), image);
        if (other != null) {
          throw new CommandFailure(
              ExitStatus.USAGE,
              "The answers for \"%s\" and \"%s\" would both be \"%s\"; ask in two runs, into two folders."
                  .formatted(other, image, file(image)));
        }
        Sink.refuseImages(file(image), images);
      }
    }

    private Path file(Path image) {
      return folder.resolve(writer.fileName(image.getFileName().toString()));
    }

    @Override
    public void answered(Path image, AnsweredPhoto photo) {
      new Sink.ToFile(file(image)).put(writer.write(List.of(photo), options));
    }
  }

  /** Takes a document. */
  @FunctionalInterface
  interface Sink {

    void put(String document);

    /**
     * Refuses a file that is one of the images, also by another name.
     *
     * @throws CommandFailure if it is
     */
    static void refuseImages(Path file, List<Path> images) {
      for (Path image : images) {
        try {
          if (Files.exists(file) && Files.isSameFile(file, image)) {
            throw new CommandFailure(
                ExitStatus.USAGE,
                "The answer would replace the photo \"%s\"; name another file.".formatted(image));
          }
        } catch (IOException unreadable) {
          throw unwritable(file, unreadable);
        }
      }
    }

    private static CommandFailure unwritable(Path file, IOException cause) {
      return new CommandFailure(
          ExitStatus.STORAGE,
          "The file \"%s\" cannot be written; make room on its disk, or name another with --out or --svg."
              .formatted(file),
          cause);
    }

    /** Writes it to a file, whole or not at all; its folder is made if it is not there. */
    record ToFile(Path file) implements Sink {

      @Override
      public void put(String document) {
        try {
          Path folder = file.toAbsolutePath().getParent();
          Files.createDirectories(folder);
          AtomicFile.replace(file, partial -> Files.writeString(partial, document));
        } catch (IOException failed) {
          throw unwritable(file, failed);
        }
      }
    }
  }
}
