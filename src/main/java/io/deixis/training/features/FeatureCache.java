package io.deixis.training.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.AtomicFile;
import io.deixis.training.work.TrainingException;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Candidates of images with their descriptions, on disk, mapped into memory: each record holds the
 * boxes (float32 [N, 4]) and the descriptions (float16 [N, size]) of one image, little-endian; a
 * file has {@value #RECORDS_PER_FILE} records. The heap stays small whatever the data set's size.
 */
public final class FeatureCache {

  private static final int VERSION = 2;
  private static final String HEADER = "header.json";
  private static final int RECORDS_PER_FILE = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a cache holds, or will hold.
   *
   * @param version of this layout
   * @param fingerprint of backbone and projection
   * @param candidates N, candidates of an image
   * @param featureSize length of a description
   * @param keys the records' keys, in order
   * @param done how many of the records are on the disk for good
   */
  public record Header(
      int version,
      String fingerprint,
      int candidates,
      int featureSize,
      List<String> keys,
      int done) {

    private static Header read(Path directory) throws IOException {
      return JSON.readValue(Files.readString(directory.resolve(HEADER)), Header.class);
    }

    private void write(Path directory) throws IOException {
      String json = JSON.writeValueAsString(this);
      AtomicFile.replace(directory.resolve(HEADER), partial -> Files.writeString(partial, json));
    }

    private boolean isOf(String others, List<String> otherKeys) {
      return version == VERSION && fingerprint.equals(others) && keys.equals(otherKeys);
    }

    private boolean isComplete() {
      return done == keys.size();
    }

    private int boxBytes() {
      return candidates * 4 * Float.BYTES;
    }

    private int recordBytes() {
      return boxBytes() + candidates * featureSize * Short.BYTES;
    }

    /** Returns whether the folder's files are as long as this says. */
    private boolean isBackedBy(Path directory) {
      for (int first = 0; first < done; first += RECORDS_PER_FILE) {
        long least = (long) Math.min(RECORDS_PER_FILE, done - first) * recordBytes();
        if (fileOf(directory, first).toFile().length() < least) {
          return false;
        }
      }
      return true;
    }
  }

  private final Header header;
  private final Map<String, ByteBuffer> records;

  private FeatureCache(Header header, Map<String, ByteBuffer> records) {
    this.header = header;
    this.records = records;
  }

  /** Returns the file that holds a record, by its number from 0. */
  private static Path fileOf(Path directory, int record) {
    return directory.resolve(
        String.format(Locale.ROOT, "features-%04d.bin", record / RECORDS_PER_FILE));
  }

  /**
   * Opens a finished cache.
   *
   * @throws TrainingException if there is none, or it was made with something else than {@code
   *     fingerprint}
   */
  public static FeatureCache open(Path directory, String fingerprint) {
    try {
      Header header = Header.read(directory);
      if (!header.isOf(fingerprint, header.keys())) {
        throw TrainingException.otherSettings(
            "The features in "
                + directory
                + " were made with another backbone; delete that folder.");
      }
      if (!header.isComplete()) {
        throw new IOException("features that are not finished");
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
            VERSION,
            first.fingerprint(),
            first.candidates(),
            first.featureSize(),
            keys,
            keys.size()),
        records);
  }

  /** Returns whether {@code directory} holds a finished cache of these features and keys. */
  public static boolean isComplete(Path directory, String fingerprint, List<String> keys) {
    try {
      Header header = Header.read(directory);
      return header.isOf(fingerprint, keys) && header.isComplete();
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, ByteBuffer> map(Path directory, Header header) throws IOException {
    int size = header.recordBytes();
    Map<String, ByteBuffer> records = new HashMap<>();
    ByteBuffer mapped = null;
    for (int i = 0; i < header.keys().size(); i++) {
      int inFile = i % RECORDS_PER_FILE;
      if (inFile == 0) {
        try (FileChannel channel = FileChannel.open(fileOf(directory, i))) {
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

  /** Returns the boxes of a record, [N, 4] row by row, in normalised coordinates. */
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
      target.put(record.slice(header.boxBytes() + row * size, size));
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
   * Writes a cache record by record, and notes now and then how many there are; one that is begun
   * for the same features and keys is gone on with. The first record decides how many candidates
   * and numbers each one has.
   */
  public static final class Writer implements AutoCloseable {

    /** Records that a kill may cost; even, so that an image and its mirror are noted together. */
    private static final int RECORDS_PER_NOTE = 64;

    private final Path directory;
    private Header header;
    private FileChannel channel;

    /**
     * Goes on with the cache that a writer of the same features and keys left, or starts one.
     *
     * @param directory where the cache goes; made if it is missing
     * @param fingerprint what the features are made with
     * @param keys of all records that there will be, in order
     */
    public Writer(Path directory, String fingerprint, List<String> keys) throws IOException {
      this.directory = Files.createDirectories(directory);
      this.header =
          begun(directory)
              .filter(begun -> begun.isOf(fingerprint, keys) && begun.isBackedBy(directory))
              .orElse(new Header(VERSION, fingerprint, 0, 0, List.copyOf(keys), 0));
      if (header.done() == 0) {
        Files.deleteIfExists(directory.resolve(HEADER));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "features-*.bin")) {
          for (Path file : files) {
            Files.delete(file);
          }
        }
      }
    }

    private static Optional<Header> begun(Path directory) {
      try {
        return Optional.of(Header.read(directory));
      } catch (IOException noneOrBroken) {
        return Optional.empty();
      }
    }

    /** Returns how many records are written. */
    public int done() {
      return header.done();
    }

    /**
     * Adds the record of the next key.
     *
     * @param boxes N times 4 numbers
     * @param features float16 [N, size]
     * @throws IllegalArgumentException if there are more or fewer of them than in the first record
     */
    public void add(float[] boxes, ByteBuffer features) throws IOException {
      int candidates = boxes.length / 4;
      int size = features.remaining() / Short.BYTES / candidates;
      if (done() > 0 && (candidates != header.candidates() || size != header.featureSize())) {
        throw new IllegalArgumentException(
            "The record %s needs %d candidates of %d numbers"
                .formatted(header.keys().get(done()), header.candidates(), header.featureSize()));
      }
      if (done() == 0) {
        advance(candidates, size, 0);
      }
      ByteBuffer record = ByteBuffer.allocate(header.recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : boxes) {
        record.putFloat(value);
      }
      record.put(features.duplicate()).flip();
      FileChannel target = channel();
      while (record.hasRemaining()) {
        target.write(record);
      }
      advance(candidates, size, done() + 1);
      if (done() % RECORDS_PER_NOTE == 0) {
        channel.force(true);
        header.write(directory);
      }
    }

    private void advance(int candidates, int size, int done) {
      header = new Header(VERSION, header.fingerprint(), candidates, size, header.keys(), done);
    }

    /** Ends the cache, of which every record was added. */
    public void finish() throws IOException {
      closeChannel();
      header.write(directory);
    }

    /** Returns the channel that the next record goes to, at its place. */
    private FileChannel channel() throws IOException {
      int inFile = done() % RECORDS_PER_FILE;
      if (channel == null || inFile == 0) {
        closeChannel();
        channel =
            FileChannel.open(
                fileOf(directory, done()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate((long) inFile * header.recordBytes());
        channel.position(channel.size());
      }
      return channel;
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
