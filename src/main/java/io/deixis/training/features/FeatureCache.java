package io.deixis.training.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.training.checkpoint.AtomicFile;
import io.deixis.training.monitor.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Candidates of images with their descriptions, on disk, mapped into memory: each record holds the
 * boxes (float32 [N, 4]) and the descriptions (float16 [N, size]) of one image. The heap stays
 * small whatever the data set's size. A header tells version, sizes and what the features were made
 * with.
 */
public final class FeatureCache {

  private static final int VERSION = 1;
  private static final String HEADER = "header.json";
  private static final int RECORDS_PER_FILE = 1024;
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
      int version, String fingerprint, int candidates, int featureSize, List<String> keys) {}

  private final Header header;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<MappedByteBuffer> files = new ArrayList<>();

  private FeatureCache(Header header) {
    this.header = header;
    for (int i = 0; i < header.keys().size(); i++) {
      positions.put(header.keys().get(i), i);
    }
  }

  /**
   * Opens a finished cache.
   *
   * @throws TrainingException if there is none, or it was made with something else than {@code
   *     fingerprint}
   */
  public static FeatureCache open(Path directory, String fingerprint) {
    try {
      Header header = JSON.readValue(Files.readString(directory.resolve(HEADER)), Header.class);
      if (header.version() != VERSION || !header.fingerprint().equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "The features in "
                + directory
                + " were made with another backbone; delete that folder.");
      }
      FeatureCache cache = new FeatureCache(header);
      for (int first = 0; first < header.keys().size(); first += RECORDS_PER_FILE) {
        try (FileChannel channel = FileChannel.open(file(directory, first / RECORDS_PER_FILE))) {
          MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
          cache.files.add(mapped);
        }
      }
      return cache;
    } catch (IOException e) {
      throw new TrainingException(
          "The features in " + directory + " cannot be read; delete that folder.", e);
    }
  }

  /** Returns whether {@code directory} holds a finished cache of these features and keys. */
  public static boolean isComplete(Path directory, String fingerprint, List<String> keys) {
    try {
      Header header = JSON.readValue(Files.readString(directory.resolve(HEADER)), Header.class);
      return header.version() == VERSION
          && header.fingerprint().equals(fingerprint)
          && header.keys().equals(keys);
    } catch (IOException e) {
      return false;
    }
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
    int offset = header.candidates() * 4 * Float.BYTES;
    int size = header.featureSize() * Short.BYTES;
    for (int row : rows) {
      target.put(record.slice(offset + row * size, size));
    }
  }

  private ByteBuffer record(String key) {
    Integer position = positions.get(key);
    if (position == null) {
      throw new IllegalArgumentException("The cache holds no image " + key);
    }
    int size = recordSize(header.candidates(), header.featureSize());
    return files
        .get(position / RECORDS_PER_FILE)
        .slice(position % RECORDS_PER_FILE * size, size)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int recordSize(int candidates, int featureSize) {
    return candidates * (4 * Float.BYTES + featureSize * Short.BYTES);
  }

  private static Path file(Path directory, int index) {
    return directory.resolve("features-%04d.bin".formatted(index));
  }

  /**
   * Writes a cache record by record; the header comes last, so that half a cache is none. The first
   * record decides how many candidates and numbers each one has.
   */
  public static final class Writer implements AutoCloseable {

    private final Path directory;
    private final String fingerprint;
    private int candidates;
    private int featureSize;
    private final List<String> keys = new ArrayList<>();
    private FileChannel channel;

    /** Starts a cache in {@code directory}, which is made if it is missing. */
    public Writer(Path directory, String fingerprint) throws IOException {
      this.directory = directory;
      this.fingerprint = fingerprint;
      Files.createDirectories(directory);
      Files.deleteIfExists(directory.resolve(HEADER));
    }

    /**
     * Adds a record.
     *
     * @param boxes N times 4 numbers
     * @param features float16 [N, size]
     * @throws IllegalArgumentException if there are more or fewer of them than in the first record
     */
    public void add(String key, float[] boxes, ByteBuffer features) throws IOException {
      if (keys.isEmpty()) {
        candidates = boxes.length / 4;
        featureSize = features.remaining() / Short.BYTES / candidates;
      }
      if (boxes.length != candidates * 4
          || features.remaining() != candidates * featureSize * Short.BYTES) {
        throw new IllegalArgumentException(
            "The record %s needs %d candidates of %d numbers"
                .formatted(key, candidates, featureSize));
      }
      if (keys.size() % RECORDS_PER_FILE == 0) {
        closeChannel();
        channel =
            FileChannel.open(
                file(directory, keys.size() / RECORDS_PER_FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
      }
      ByteBuffer record =
          ByteBuffer.allocate(recordSize(candidates, featureSize)).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : boxes) {
        record.putFloat(value);
      }
      record.put(features.duplicate()).flip();
      while (record.hasRemaining()) {
        channel.write(record);
      }
      keys.add(key);
    }

    /** Ends the cache. */
    public void finish() throws IOException {
      closeChannel();
      String header =
          JSON.writeValueAsString(new Header(VERSION, fingerprint, candidates, featureSize, keys));
      AtomicFile.replace(directory.resolve(HEADER), partial -> Files.writeString(partial, header));
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
