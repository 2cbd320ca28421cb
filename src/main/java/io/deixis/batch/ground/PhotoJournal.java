package io.deixis.batch.ground;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.files.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The results of the photos so far, a JSON line for each, in a file beside the document that they
 * become. A run that is stopped in any way loses no whole line.
 */
final class PhotoJournal implements AutoCloseable {

  private final Path file;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private BufferedWriter out;

  /** Takes the journal of a document. */
  PhotoJournal(Path document, ObjectMapper mapper) {
    this.file = document.resolveSibling(document.getFileName() + ".part");
    this.writer = mapper.writer();
    this.reader =
        mapper.readerFor(PhotoLine.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  Path file() {
    return file;
  }

  /** Returns the lines of an earlier run; a last line that is not whole is left out. */
  List<PhotoLine> earlier() throws IOException {
    List<PhotoLine> lines = new ArrayList<>();
    if (Files.exists(file)) {
      for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        try {
          lines.add(reader.readValue(text));
        } catch (IOException cutShort) {
          break;
        }
      }
    }
    return lines;
  }

  /** Opens the journal, which then begins with these lines. */
  void open(List<PhotoLine> lines) throws IOException {
    AtomicFile.replace(
        file,
        partial -> {
          try (BufferedWriter kept = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
            for (PhotoLine line : lines) {
              kept.write(writer.writeValueAsString(line));
              kept.write('\n');
            }
          }
        });
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  void append(PhotoLine line) throws IOException {
    out.write(writer.writeValueAsString(line));
    out.write('\n');
    out.flush();
  }

  /** Returns every line, in order; to be closed. */
  Stream<PhotoLine> lines() throws IOException {
    return Files.lines(file, StandardCharsets.UTF_8)
        .map(
            text -> {
              try {
                return reader.<PhotoLine>readValue(text);
              } catch (IOException changed) {
                throw new java.io.UncheckedIOException(changed);
              }
            });
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
