package io.deixis.batch.ground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.batch.CommandFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One document of all photos in a file. Until it is whole, a journal beside it has a JSON line for
 * each photo, so that a run that is stopped in any way loses no whole line.
 */
final class DocumentFile implements GroundOutput {

  private final PhotosFormat format;
  private final Path file;
  private final Path journal;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final boolean resume;
  private BufferedWriter out;

  /**
   * Prepares the file.
   *
   * @param mapper writes and reads the journal
   * @param resume whether the journal of an earlier run is continued
   */
  DocumentFile(PhotosFormat format, Path file, ObjectMapper mapper, boolean resume) {
    this.format = format;
    this.file = file;
    this.journal = file.resolveSibling(file.getFileName() + ".part");
    this.writer = mapper.writer();
    this.reader =
        mapper.readerFor(PhotoLine.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
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
    if (!resume && Files.exists(journal)) {
      throw CommandFailure.usage(
          "\"%s\" has the answers of a run that was stopped; go on with --resume, or delete it.",
          journal);
    }
    List<PhotoLine> lines = earlier();
    OutputFile.write(
        journal,
        partial -> {
          try (BufferedWriter again = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
            for (PhotoLine line : lines) {
              if (line.answer().isPresent() && kept.contains(line.file())) {
                append(line, again);
              }
            }
          }
        });
    try {
      out = Files.newBufferedWriter(journal, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw OutputFile.unwritable(journal, failed);
    }
    return lines.stream()
        .collect(Collectors.toMap(PhotoLine::file, PhotoLine::imageId, (first, again) -> first));
  }

  /** Returns the lines of an earlier run; a last line that is not whole is left out. */
  private List<PhotoLine> earlier() {
    List<PhotoLine> lines = new ArrayList<>();
    if (Files.exists(journal)) {
      try {
        for (String text : Files.readAllLines(journal, StandardCharsets.UTF_8)) {
          lines.add(line(text));
        }
      } catch (IOException unreadable) {
        throw CommandFailure.input("\"%s\" cannot be read; check its permissions.", journal)
            .because(unreadable);
      } catch (UncheckedIOException cutShort) {
        return lines;
      }
    }
    return lines;
  }

  private PhotoLine line(String text) {
    try {
      return reader.readValue(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void append(PhotoLine line, Writer lines) throws IOException {
    lines.write(writer.writeValueAsString(line));
    lines.write('\n');
  }

  @Override
  public void take(Photo photo, PhotoLine line, byte[] bytes) {
    try {
      append(line, out);
      out.flush();
    } catch (IOException failed) {
      throw OutputFile.unwritable(journal, failed);
    }
  }

  @Override
  public void finish() {
    OutputFile.write(
        file,
        partial -> {
          try (Stream<String> lines = Files.lines(journal, StandardCharsets.UTF_8);
              OutputStream document = Files.newOutputStream(partial)) {
            format.write(lines.map(this::line), document);
          }
        });
    try {
      out.close();
      Files.delete(journal);
    } catch (IOException failed) {
      throw OutputFile.unwritable(journal, failed);
    }
  }
}
