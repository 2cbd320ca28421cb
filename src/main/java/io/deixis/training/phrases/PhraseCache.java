package io.deixis.training.phrases;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.files.AtomicFile;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.work.TrainingException;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  private static final int BATCH = 128;

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
      Progress progress = new Progress(listener);
      for (int i = 0; i < order.textChunks().size(); i++) {
        List<String> chunk = order.textChunks().get(i);
        write(textFile(i), chunk.size(), progress, () -> texts(chunk, encoder, progress));
      }
      PhraseVectors alone = new PhraseVectors(order, textChunks(), List.of(), dimension);
      for (int i = 0; i < order.mentionChunks().size(); i++) {
        List<ContextualPhrase> chunk = order.mentionChunks().get(i);
        write(
            mentionFile(i),
            chunk.size(),
            progress,
            () -> mentions(chunk, alone, encoder, progress));
      }
    } catch (IOException e) {
      throw TrainingException.storage(directory, e);
    }
  }

  /** Tells how far the encoding is. */
  private final class Progress {

    private final TrainingListener listener;
    private int done;

    Progress(TrainingListener listener) {
      this.listener = listener;
    }

    void skip(int encodings) {
      done += encodings;
    }

    void add(int encodings) {
      done += encodings;
      listener.onStep(new TrainingListener.Progress("phrases", done, order.size(), Map.of()));
    }
  }

  private static ByteBuffer texts(List<String> chunk, PhraseEncoder encoder, Progress progress) {
    EncodedPhrases all =
        new EncodedPhrases(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (List<String> batch : PhraseOrder.parts(chunk, BATCH)) {
      EncodedPhrases encoded = encoder.encode(batch);
      all.sentences().addAll(encoded.sentences());
      all.contexts().addAll(encoded.contexts());
      all.pieces().addAll(encoded.pieces());
      progress.add(batch.size());
    }
    return PhraseVectors.textChunk(all);
  }

  /** Of phrases that are cut off a long sentence, the vectors of their words alone are taken. */
  private static ByteBuffer mentions(
      List<ContextualPhrase> chunk, PhraseVectors alone, PhraseEncoder encoder, Progress progress) {
    List<float[]> vectors = new ArrayList<>();
    for (List<ContextualPhrase> batch : PhraseOrder.parts(chunk, BATCH)) {
      List<Optional<float[]>> read = encoder.contexts(batch);
      for (int i = 0; i < batch.size(); i++) {
        ContextualPhrase byItself = ContextualPhrase.alone(batch.get(i).text());
        vectors.add(read.get(i).orElseGet(() -> alone.context(byItself)));
      }
      progress.add(batch.size());
    }
    return PhraseVectors.mentionChunk(vectors);
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
      List<ByteBuffer> mentions = new ArrayList<>();
      for (int i = 0; i < order.mentionChunks().size(); i++) {
        mentions.add(map(mentionFile(i)));
        int size = order.mentionChunks().get(i).size() * dimension * Float.BYTES;
        if (mentions.get(i).capacity() != size) {
          throw new IOException("a file of phrases that is cut short");
        }
      }
      return new PhraseVectors(order, textChunks(), mentions, dimension);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw unreadable(new IOException("a file of phrases that is cut short", e));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private TrainingException unreadable(IOException cause) {
    return TrainingException.unreadable(
        "The phrases in %s cannot be read; delete that folder.".formatted(directory), cause);
  }

  private List<ByteBuffer> textChunks() throws IOException {
    List<ByteBuffer> chunks = new ArrayList<>();
    for (int i = 0; i < order.textChunks().size(); i++) {
      chunks.add(map(textFile(i)));
    }
    return chunks;
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

  private static void write(Path file, int encodings, Progress progress, Supplier<ByteBuffer> chunk)
      throws IOException {
    if (Files.exists(file)) {
      progress.skip(encodings);
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
        IntStream.range(0, order.mentionChunks().size()).mapToObj(this::mentionFile));
  }

  private Path textFile(int chunk) {
    return directory.resolve(String.format(Locale.ROOT, "texts-%04d.bin", chunk));
  }

  private Path mentionFile(int chunk) {
    return directory.resolve(String.format(Locale.ROOT, "mentions-%04d.bin", chunk));
  }
}
