package io.deixis.batch.ground;

import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnsweredPhoto;
import io.deixis.batch.CommandFailure;
import io.deixis.batch.Terminal;
import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundingAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  /**
   * A file for each photo that was answered, as soon as its answer is there.
   *
   * @param files where each photo's file is
   * @param content what is in the file
   */
  record PhotoFiles(Function<Photo, Path> files, Function<AnsweredPhoto, byte[]> content)
      implements GroundOutput {

    /**
     * Prepares the files of a format.
     *
     * @param photos all photos, as far as they are known
     * @throws CommandFailure if two photos would have the same file, or one would replace a photo
     */
    static PhotoFiles of(
        AnswerWriter writer,
        AnswerWriter.Options options,
        Function<Photo, Path> files,
        List<Photo> photos) {
      Map<Path, Photo> owners = new HashMap<>();
      for (Photo photo : photos) {
        Path file = files.apply(photo);
        Photo other = owners.put(file, photo);
        if (other != null) {
          throw CommandFailure.usage(
              "The answers for \"%s\" and \"%s\" would both be \"%s\"; rename one of the"
                  + " photos, or ask in two runs, into two folders.",
              other.source(), photo.source(), file);
        }
      }
      OutputFile.refusePhotos(owners.keySet(), photos);
      return new PhotoFiles(files, photo -> writer.write(List.of(photo), options));
    }

    @Override
    public Set<String> done(List<Photo> photos) {
      return photos.stream()
          .filter(photo -> Files.exists(files.apply(photo)))
          .map(Photo::source)
          .collect(Collectors.toSet());
    }

    @Override
    public void take(Photo photo, PhotoLine line, byte[] bytes) {
      line.answered(photo.name(), bytes)
          .ifPresent(
              answered ->
                  OutputFile.write(
                      files.apply(photo),
                      partial -> Files.write(partial, content.apply(answered))));
    }
  }
}
