package io.deixis.evaluation.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.deixis.dataset.DatasetException;
import io.deixis.evaluation.Outcome;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an answers file holds, by image, and where in the file: enough to choose and to order images
 * without reading it again.
 */
public final class AnswersIndex {

  private final Path file;
  private final List<Entry> entries;
  private final Map<String, Entry> byImage;

  private AnswersIndex(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = List.copyOf(entries);
    this.byImage = new HashMap<>();
    entries.forEach(entry -> byImage.put(entry.image(), entry));
  }

  /**
   * An image.
   *
   * @param image its id
   * @param phrases what became of its phrases, in the order of the captions
   * @param offset where its line begins, in bytes
   * @param length of its line, in bytes
   */
  public record Entry(String image, List<PhraseSummary> phrases, long offset, int length) {}

  /**
   * What filters look at.
   *
   * @param types the phrase's entity types
   * @param outcome what became of it
   * @param several whether it has several truth boxes
   * @param iou of the best box with a truth box, in [0, 1]
   * @param score of the best box, in [0, 1]
   */
  public record PhraseSummary(
      List<String> types, Outcome outcome, boolean several, double iou, double score) {}

  /**
   * Reads a file.
   *
   * @throws DatasetException if it cannot be read or understood
   */
  public static AnswersIndex open(Path file) {
    List<Entry> entries = new ArrayList<>();
    // Few lists of types come again and again: one of each is kept.
    Map<List<String>, List<String>> types = new HashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long offset = 0;
      for (byte[] line = line(in); line != null; line = line(in)) {
        entries.add(entry(line, offset, types));
        offset += line.length + 1;
      }
    } catch (JsonProcessingException e) {
      throw new DatasetException(
          "Line %d of %s is no answer to an image; evaluate again to write it anew."
              .formatted(entries.size() + 1, file),
          e);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be read: check its permissions.".formatted(file), e);
    }
    return new AnswersIndex(file, entries);
  }

  /** Returns the images, in the order of the file. */
  public List<Entry> entries() {
    return entries;
  }

  /** Returns the image called {@code id}; nothing if there is none. */
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(byImage.get(id));
  }

  /** Returns the entity types and how many phrases have each, in the order of their first use. */
  public Map<String, Integer> types() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    entries.forEach(
        entry ->
            entry
                .phrases()
                .forEach(
                    phrase -> phrase.types().forEach(type -> counts.merge(type, 1, Integer::sum))));
    return counts;
  }

  /**
   * Reads an image.
   *
   * @throws DatasetException if the file is gone or has changed
   */
  public AnsweredImage read(Entry entry) {
    ByteBuffer line = ByteBuffer.allocate(entry.length());
    try (SeekableByteChannel channel = Files.newByteChannel(file).position(entry.offset())) {
      while (line.hasRemaining() && channel.read(line) >= 0) {
        // goes on until the line is there
      }
      return AnswersJson.read(line.array());
    } catch (IOException e) {
      throw new DatasetException(
          "%s has changed while it was read; open the page again.".formatted(file), e);
    }
  }

  private static Entry entry(byte[] line, long offset, Map<List<String>, List<String>> types)
      throws IOException {
    AnsweredImage image = AnswersJson.read(line);
    return new Entry(
        image.image(),
        image.phrases().stream()
            .map(
                phrase ->
                    new PhraseSummary(
                        types.computeIfAbsent(phrase.types(), same -> same),
                        phrase.outcome(),
                        phrase.truth().size() > 1,
                        phrase.iou(),
                        phrase.bestScore()))
            .toList(),
        offset,
        line.length);
  }

  /** Returns the next line without its end, or null where there is none. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toByteArray();
      }
      line.write(next);
    }
    return line.size() == 0 ? null : line.toByteArray();
  }
}
