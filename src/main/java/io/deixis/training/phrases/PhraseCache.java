package io.deixis.training.phrases;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.files.AtomicFile;
import io.deixis.runlog.TrainingException;
import io.deixis.runlog.TrainingListener;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Encoded phrases on disk, mapped into memory: the heap holds the words alone, whatever the data
 * set's size. A header tells version, encoder and phrases; each chunk of phrases has a file, which
 * is there whole or not at all, so that an encoding that was stopped, even killed, goes on with the
 * next chunk.
 */
public final class PhraseCache {

  /** Version of the layout and of how phrases are encoded. */
  static final int VERSION = 1;

  static final String HEADER = "header.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a cache holds, or will hold.
   *
   * @param version of the layout
   * @param encoder fingerprint of the phrase encoder
   * @param phrases fingerprint of the phrases, in order
   */
  record Header(int version, String encoder, String phrases) {}

  private final Path directory;
  private final int dimension;
  private final PhraseOrder order;
  private final Header header;

  /**
   * Prepares a cache; nothing is read or written yet.
   *
   * @param directory where it goes
   * @param phrases which ones
   * @param encoder what tells the encoder from others
   * @param dimension length of its vectors
   */
  public PhraseCache(
      Path directory, Collection<ContextualPhrase> phrases, String encoder, int dimension) {
    this.dimension = dimension;
    this.directory = directory;
    this.order = PhraseOrder.of(phrases);
    this.header = new Header(VERSION, encoder, order.fingerprint());
  }

  /** Returns whether all of these phrases are there, as this encoder reads them. */
  public boolean isComplete() {
    return isBegun() && files().allMatch(Files::exists);
  }

  /**
   * Encodes the phrases that are missing. What was encoded otherwise is deleted.
   *
   * @throws TrainingException if a file cannot be written
   */
  public void complete(PhraseEncoder encoder, TrainingListener listener) {
    try {
      if (!isBegun()) {
        begin();
      }
      PhraseEncoding encoding = new PhraseEncoding(encoder, order, listener);
      for (int i = 0; i < order.textChunks().size(); i++) {
        List<String> chunk = order.textChunks().get(i);
        write(textFile(i), chunk.size(), encoding, () -> encoding.texts(chunk));
      }
      TextVectors texts = texts();
      for (int i = 0; i < order.saidChunks().size(); i++) {
        List<ContextualPhrase> chunk = order.saidChunks().get(i);
        write(saidFile(i), chunk.size(), encoding, () -> encoding.said(chunk, texts));
      }
    } catch (IOException e) {
      throw TrainingException.storage(directory, e);
    }
  }

  /**
   * Opens the cache, which is complete.
   *
   * @throws TrainingException if it is of another version, encoder or other phrases, or is damaged
   */
  public PhraseVectors open() {
    if (!isBegun()) {
      throw TrainingException.otherSettings(
          "The phrases in %s are other ones, or were encoded otherwise; delete that folder."
              .formatted(directory));
    }
    try {
      List<ByteBuffer> said = new ArrayList<>();
      for (int i = 0; i < order.saidChunks().size(); i++) {
        int size = order.saidChunks().get(i).size() * dimension * Float.BYTES;
        ByteBuffer chunk = map(saidFile(i));
        if (chunk.capacity() != size) {
          throw new IOException("a file of phrases that is cut short");
        }
        said.add(chunk);
      }
      return new PhraseVectors(order, texts(), said, dimension);
    } catch (IOException e) {
      throw TrainingException.unreadable(
          "The phrases in %s cannot be read; delete that folder.".formatted(directory), e);
    }
  }

  private TextVectors texts() throws IOException {
    List<ByteBuffer> chunks = new ArrayList<>();
    for (int i = 0; i < order.textChunks().size(); i++) {
      chunks.add(map(textFile(i)));
    }
    try {
      return new TextVectors(order, chunks, dimension);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("a file of phrases that is cut short", e);
    }
  }

  private boolean isBegun() {
    try {
      return JSON.readValue(Files.readString(directory.resolve(HEADER)), Header.class)
          .equals(header);
    } catch (IOException noneOrBroken) {
      return false;
    }
  }

  private void begin() throws IOException {
    Files.createDirectories(directory);
    Files.deleteIfExists(directory.resolve(HEADER));
    try (DirectoryStream<Path> chunks = Files.newDirectoryStream(directory, "*.bin")) {
      for (Path chunk : chunks) {
        Files.delete(chunk);
      }
    }
    String json = JSON.writeValueAsString(header);
    AtomicFile.replace(directory.resolve(HEADER), partial -> Files.writeString(partial, json));
  }

  private static void write(
      Path file, int encodings, PhraseEncoding encoding, Supplier<ByteBuffer> chunk)
      throws IOException {
    if (Files.exists(file)) {
      encoding.skip(encodings);
      return;
    }
    ByteBuffer content = chunk.get();
    AtomicFile.replace(
        file,
        partial -> {
          try (FileChannel channel =
              FileChannel.open(
                  partial,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
              channel.write(content);
            }
          }
        });
  }

  private static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private Stream<Path> files() {
    return Stream.concat(
        IntStream.range(0, order.textChunks().size()).mapToObj(this::textFile),
        IntStream.range(0, order.saidChunks().size()).mapToObj(this::saidFile));
  }

  private Path textFile(int chunk) {
    return directory.resolve("texts-%04d.bin".formatted(chunk));
  }

  private Path saidFile(int chunk) {
    return directory.resolve("said-%04d.bin".formatted(chunk));
  }
}
