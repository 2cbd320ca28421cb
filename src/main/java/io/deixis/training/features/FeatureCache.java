package io.deixis.training.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.AtomicFile;
import io.deixis.runlog.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Candidates of images with their descriptions, on disk, mapped into memory: each record holds the
 * boxes (float32 [N, 4]) and the descriptions (float16 [N, size]) of one image, little-endian. The
 * heap stays small whatever the data set's size. A header tells version, sizes and what the
 * features were made with.
 */
public final class FeatureCache {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a cache holds.
   *
   * @param version of this layout
   * @param fingerprint of backbone and projection
   * @param candidates N, candidates of an image
   * @param featureSize length of a description
   * @param keys the records' keys, in order
   */
  public record Header(
      int version, String fingerprint, int candidates, int featureSize, List<String> keys) {

    private FeatureLayout layout() {
      return new FeatureLayout(candidates, featureSize);
    }
  }

  private final Header header;
  private final FeatureLayout layout;
  private final Map<String, ByteBuffer> records;

  private FeatureCache(Header header, Map<String, ByteBuffer> records) {
    this.header = header;
    this.layout = header.layout();
    this.records = records;
  }

  /**
   * Opens a finished cache.
   *
   * @throws TrainingException if there is none, or it was made with something else than {@code
   *     fingerprint}
   */
  public static FeatureCache open(Path directory, String fingerprint) {
    try {
      Header header = readHeader(directory);
      if (header.version() != FeatureLayout.VERSION || !header.fingerprint().equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "The features in "
                + directory
                + " were made with another backbone; delete that folder.");
      }
      return new FeatureCache(header, map(directory, header));
    } catch (IOException e) {
      throw TrainingException.unreadable(
          "The features in " + directory + " cannot be read; delete that folder.", e);
    }
  }

  /**
   * Returns several caches as one.
   *
   * @param parts caches of the same features for different images, at least one
   */
  public static FeatureCache join(List<FeatureCache> parts) {
    Header first = parts.get(0).header;
    List<String> keys = new ArrayList<>();
    Map<String, ByteBuffer> records = new HashMap<>();
    for (FeatureCache part : parts) {
      keys.addAll(part.header.keys());
      records.putAll(part.records);
    }
    return new FeatureCache(
        new Header(
            first.version(), first.fingerprint(), first.candidates(), first.featureSize(), keys),
        records);
  }

  /** Returns whether {@code directory} holds a finished cache of these features and keys. */
  public static boolean isComplete(Path directory, String fingerprint, List<String> keys) {
    try {
      Header header = readHeader(directory);
      return header.version() == FeatureLayout.VERSION
          && header.fingerprint().equals(fingerprint)
          && header.keys().equals(keys);
    } catch (IOException e) {
      return false;
    }
  }

  private static Header readHeader(Path directory) throws IOException {
    return JSON.readValue(Files.readString(directory.resolve(FeatureLayout.HEADER)), Header.class);
  }

  private static Map<String, ByteBuffer> map(Path directory, Header header) throws IOException {
    int size = header.layout().recordSize();
    Map<String, ByteBuffer> records = new HashMap<>();
    ByteBuffer mapped = null;
    for (int i = 0; i < header.keys().size(); i++) {
      int inFile = i % FeatureLayout.RECORDS_PER_FILE;
      if (inFile == 0) {
        try (FileChannel channel = FileChannel.open(FeatureLayout.fileOf(directory, i))) {
          mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
      }
      if ((inFile + 1) * size > mapped.capacity()) {
        throw new IOException("a file of features that is cut short");
      }
      records.put(header.keys().get(i), mapped.slice(inFile * size, size));
    }
    return records;
  }

  /** Returns what the cache holds. */
  public Header header() {
    return header;
  }

  /** Returns the boxes of a record, [N, 4] row by row, in units of the image's sides. */
  public float[] boxes(String key) {
    float[] boxes = new float[header.candidates() * 4];
    record(key).asFloatBuffer().get(boxes);
    return boxes;
  }

  /**
   * Copies descriptions of a record into {@code target}, as float16.
   *
   * @param rows which candidates
   */
  public void features(String key, int[] rows, ByteBuffer target) {
    ByteBuffer record = record(key);
    int size = header.featureSize() * Short.BYTES;
    for (int row : rows) {
      target.put(record.slice(layout.featureOffset(row), size));
    }
  }

  private ByteBuffer record(String key) {
    ByteBuffer record = records.get(key);
    if (record == null) {
      throw new IllegalArgumentException("The cache holds no image " + key);
    }
    return record.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes a cache record by record; the header comes last, so that half a cache is none. The first
   * record decides how many candidates and numbers each one has. A writer that is told all keys can
   * go on where one that was killed stopped.
   */
  public static final class Writer implements AutoCloseable {

    /** Records that a kill may cost; even, so that an image and its mirror are noted together. */
    private static final int RECORDS_PER_NOTE = 64;

    private final Path directory;
    private final String fingerprint;
    private final String planned;
    private final List<String> keys = new ArrayList<>();
    private FeatureLayout layout;
    private FileChannel channel;

    /** Starts a cache in {@code directory}, which is made if it is missing. */
    public Writer(Path directory, String fingerprint) throws IOException {
      this(directory, fingerprint, "");
      deleteAll();
    }

    private Writer(Path directory, String fingerprint, String planned) throws IOException {
      this.directory = directory;
      this.fingerprint = fingerprint;
      this.planned = planned;
      Files.createDirectories(directory);
      Files.deleteIfExists(directory.resolve(FeatureLayout.HEADER));
    }

    /**
     * Goes on with the cache that a writer of the same features and keys left in {@code directory},
     * or starts one.
     *
     * @param keys of all records that there will be, in order
     */
    public static Writer resume(Path directory, String fingerprint, List<String> keys)
        throws IOException {
      Writer writer = new Writer(directory, fingerprint, ExtractionProgress.planOf(keys));
      Optional<ExtractionProgress> progress =
          ExtractionProgress.read(directory, fingerprint, writer.planned);
      if (progress.isEmpty()) {
        writer.deleteAll();
      } else {
        writer.layout = progress.get().layout();
        writer.keys.addAll(keys.subList(0, progress.get().done()));
      }
      return writer;
    }

    /** Returns how many records are written. */
    public int done() {
      return keys.size();
    }

    /**
     * Adds a record.
     *
     * @param boxes N times 4 numbers
     * @param features float16 [N, size]
     * @throws IllegalArgumentException if there are more or fewer of them than in the first record
     */
    public void add(String key, float[] boxes, ByteBuffer features) throws IOException {
      if (layout == null) {
        int candidates = boxes.length / 4;
        layout = new FeatureLayout(candidates, features.remaining() / Short.BYTES / candidates);
      }
      int featureBytes = layout.recordSize() - layout.featuresOffset();
      if (boxes.length != layout.candidates() * 4 || features.remaining() != featureBytes) {
        throw new IllegalArgumentException(
            "The record %s needs %d candidates of %d numbers"
                .formatted(key, layout.candidates(), layout.featureSize()));
      }
      ByteBuffer record = ByteBuffer.allocate(layout.recordSize()).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : boxes) {
        record.putFloat(value);
      }
      record.put(features.duplicate()).flip();
      FileChannel target = channel();
      while (record.hasRemaining()) {
        target.write(record);
      }
      keys.add(key);
      if (!planned.isEmpty() && keys.size() % RECORDS_PER_NOTE == 0) {
        note();
      }
    }

    /** Ends the cache. */
    public void finish() throws IOException {
      closeChannel();
      String header =
          JSON.writeValueAsString(
              new Header(
                  FeatureLayout.VERSION,
                  fingerprint,
                  layout == null ? 0 : layout.candidates(),
                  layout == null ? 0 : layout.featureSize(),
                  keys));
      AtomicFile.replace(
          directory.resolve(FeatureLayout.HEADER), partial -> Files.writeString(partial, header));
      ExtractionProgress.delete(directory);
    }

    /** Returns the channel that the next record goes to, at its place. */
    private FileChannel channel() throws IOException {
      int inFile = keys.size() % FeatureLayout.RECORDS_PER_FILE;
      if (channel == null || inFile == 0) {
        closeChannel();
        channel =
            FileChannel.open(
                FeatureLayout.fileOf(directory, keys.size()),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        channel.truncate((long) inFile * layout.recordSize());
        channel.position(channel.size());
      }
      return channel;
    }

    /** Notes that what is written is on the disk. */
    private void note() throws IOException {
      channel.force(true);
      new ExtractionProgress(
              FeatureLayout.VERSION,
              fingerprint,
              planned,
              layout.candidates(),
              layout.featureSize(),
              keys.size())
          .write(directory);
    }

    private void deleteAll() throws IOException {
      ExtractionProgress.delete(directory);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "features-*.bin")) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }

    private void closeChannel() throws IOException {
      if (channel != null) {
        channel.force(true);
        channel.close();
        channel = null;
      }
    }

    @Override
    public void close() {
      try {
        closeChannel();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
