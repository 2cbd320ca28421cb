package io.deixis.batch.ground;

import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnsweredPhoto;
import io.deixis.batch.CommandFailure;
import io.deixis.batch.Terminal;
import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundingAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;

/** Where the answers about photos go, photo after photo. */
interface GroundOutput {

  /** Returns the sources of those photos whose answers an earlier run has left here. */
  default Set<String> done(List<Photo> photos) {
    return Set.of();
  }

  /**
   * Makes ready, before the first photo.
   *
   * @param kept the sources of photos that are not asked again: their answers stay
   * @return the ids of all photos that an earlier run came to, answered or not, by their sources
   */
  default Map<String, Long> begin(Set<String> kept) {
    return Map.of();
  }

  /**
   * Takes the result of a photo.
   *
   * @param bytes of the photo
   */
  void take(Photo photo, PhotoLine line, byte[] bytes);

  /** Ends the output, after the last photo. */
  default void finish() {}

  /** Tables for people, each as soon as it is there. */
  record Tables(Terminal out, Help.ColorScheme colours) implements GroundOutput {

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      line.answer().ifPresent(answer -> print(photo, answer));
    }

    private void print(Photo photo, GroundingAnswer answer) {
      out.printf(Locale.ROOT, "%s (%d x %d)%n", photo.source(), answer.width(), answer.height());
      answer.caption().ifPresent(text -> out.printf("\"%s\"%n", text));
      answer.reading().ifPresent(this::told);
      out.print(new AnswerTable(colours).of(answer));
      out.printf(
          Locale.ROOT,
          "threshold %.2f, model %s %s%n",
          answer.threshold(),
          answer.model().name(),
          answer.model().version());
      out.flush();
    }

    private void told(AnsweredReading reading) {
      out.printf("%s%n", reading.summary());
      reading.notes().forEach(note -> out.printf("%s%n", note));
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

  /** Lines on standard output, each as soon as it is there. */
  record Lines(PhotosFormat first, PhotosFormat further, PrintWriter out, boolean[] begun)
      implements GroundOutput {

    /**
     * Prepares the output.
     *
     * @param first writes the first photo
     * @param further writes those after it
     */
    Lines(PhotosFormat first, PhotosFormat further, PrintWriter out) {
      this(first, further, out, new boolean[1]);
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      print(begun[0] ? further : first, Stream.of(line), out);
      begun[0] = true;
    }
  }

  private static void print(PhotosFormat format, Stream<PhotoLine> photos, PrintWriter out) {
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    try {
      format.write(photos, document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    out.print(document.toString(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The document of one photo on standard output. */
  record Printed(AnswerWriter writer, AnswerWriter.Options options, PrintWriter out)
      implements GroundOutput {

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      line.answered(photo.name(), bytes)
          .map(answered -> writer.write(List.of(answered), options))
          .ifPresent(document -> out.print(new String(document, StandardCharsets.UTF_8)));
      out.flush();
    }
  }

  /** One document on standard output, after the last photo. */
  record Document(PhotosFormat format, PrintWriter out, List<PhotoLine> lines)
      implements GroundOutput {

    Document(PhotosFormat format, PrintWriter out) {
      this(format, out, new ArrayList<>());
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      lines.add(line);
    }

    @Override
    public void finish() {
      print(format, lines.stream(), out);
    }
  }

  /** One document in a file, which grows as a {@link PhotoJournal} until it is whole. */
  final class DocumentFile implements GroundOutput {

    private final PhotosFormat format;
    private final Path file;
    private final PhotoJournal journal;
    private final boolean resume;

    /**
     * Prepares the file.
     *
     * @param resume whether the journal of an earlier run is continued
     */
    DocumentFile(PhotosFormat format, Path file, PhotoJournal journal, boolean resume) {
      this.format = format;
      this.file = file;
      this.journal = journal;
      this.resume = resume;
    }

    @Override
    public Set<String> done(List<Photo> photos) {
      Set<String> asked = photos.stream().map(Photo::source).collect(Collectors.toSet());
      return earlier().stream()
          .filter(line -> line.answer().isPresent())
          .map(PhotoLine::file)
          .filter(asked::contains)
          .collect(Collectors.toSet());
    }

    @Override
    public Map<String, Long> begin(Set<String> kept) {
      if (!resume && Files.exists(journal.file())) {
        throw CommandFailure.usage(
            "\"%s\" has the answers of a run that was stopped; go on with --resume, or delete it.",
            journal.file());
      }
      List<PhotoLine> lines = earlier();
      try {
        journal.open(
            lines.stream()
                .filter(line -> line.answer().isPresent() && kept.contains(line.file()))
                .toList());
      } catch (IOException failed) {
        throw OutputFile.unwritable(journal.file(), failed);
      }
      return lines.stream()
          .collect(Collectors.toMap(PhotoLine::file, PhotoLine::imageId, (first, again) -> first));
    }

    private List<PhotoLine> earlier() {
      try {
        return journal.earlier();
      } catch (IOException unreadable) {
        throw CommandFailure.input("\"%s\" cannot be read; check its permissions.", journal.file())
            .because(unreadable);
      }
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      try {
        journal.append(line);
      } catch (IOException failed) {
        throw OutputFile.unwritable(journal.file(), failed);
      }
    }

    @Override
    public void finish() {
      OutputFile.write(
          file,
          partial -> {
            try (Stream<PhotoLine> lines = journal.lines();
                OutputStream out = Files.newOutputStream(partial)) {
              format.write(lines, out);
            }
          });
      try {
        journal.delete();
      } catch (IOException failed) {
        throw OutputFile.unwritable(journal.file(), failed);
      }
    }
  }

  /** Returns the sources of the photos whose file is there. */
  static Set<String> withFile(List<Photo> photos, Function<Photo, Path> files) {
    return photos.stream()
        .filter(photo -> Files.exists(files.apply(photo)))
        .map(Photo::source)
        .collect(Collectors.toSet());
  }

  /** A file for each photo that was answered, as soon as its answer is there. */
  final class PhotoFiles implements GroundOutput {

    private final AnswerWriter writer;
    private final AnswerWriter.Options options;
    private final Function<Photo, Path> files;

    /**
     * Prepares the files.
     *
     * @param files where each photo's file is
     * @param photos all photos, as far as they are known
     * @throws CommandFailure if two photos would have the same file, or one would replace a photo
     */
    PhotoFiles(
        AnswerWriter writer,
        AnswerWriter.Options options,
        Function<Photo, Path> files,
        List<Photo> photos) {
      this.writer = writer;
      this.options = options;
      this.files = files;
      Map<Path, Photo> owners = new HashMap<>();
      for (Photo photo : photos) {
        Path file = files.apply(photo);
        Photo other = owners.put(file, photo);
        if (other != null) {
          throw CommandFailure.usage(
              "The answers for \"%s\" and \"%s\" would both be \"%s\"; ask in two runs, into two"
                  + " folders.",
              other.source(), photo.source(), file);
        }
      }
      OutputFile.refusePhotos(owners.keySet(), photos);
    }

    @Override
    public Set<String> done(List<Photo> photos) {
      return withFile(photos, files);
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      line.answered(photo.name(), bytes)
          .ifPresent(
              answered ->
                  OutputFile.write(
                      files.apply(photo), partial -> Files.write(partial, written(answered))));
    }

    private byte[] written(AnsweredPhoto photo) {
      return writer.write(List.of(photo), options);
    }
  }
}
