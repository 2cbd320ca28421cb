package io.deixis.archive;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.requests.GroundingService;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the photos of rows by Hadoop's file systems, one at a time and none that is larger than
 * allowed. Spark's own reader would hold any size in memory and fail the task for one bad file.
 *
 * @param hadoop the job's configuration of file systems
 * @param root the folder beneath which a table's paths must be; null where the job itself found
 *     them
 * @param names whether paths are names of photos whose bytes the rows have, and not to be read
 */
record PhotoReader(Broadcast<SerializableConfiguration> hadoop, String root, boolean names)
    implements Serializable {

  /** The columns of a row: where a photo is or its bytes, and what to look for in it. */
  static final String PATH = "path";

  static final String BYTES = "bytes";
  static final String WORDS = "words";

  /** Returns a row's path, or null. */
  static String path(Row row) {
    return row.getAs(PATH);
  }

  /** Returns what a row says to look for. */
  static List<String> words(Row row) {
    int index = row.fieldIndex(WORDS);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }

  /**
   * Returns a photo's bytes.
   *
   * @param row its row
   * @param service knows how many bytes are allowed
   * @throws GroundingException if there is no photo, it cannot be read, or is too large; caused by
   *     an {@link IOException} if that may be due to the executor
   */
  byte[] read(Row row, GroundingService service) {
    byte[] bytes = row.getAs(BYTES);
    if (bytes != null) {
      service.checkImageBytes(bytes.length);
      return bytes;
    }
    if (names || path(row) == null) {
      throw new GroundingException(
          Reason.IMAGE_MISSING, "image", "The row has no photo", "fill its column");
    }
    try {
      return read(place(path(row)), service);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new GroundingException(
          Reason.IMAGE_MISSING,
          "image",
          "The photo cannot be read (%s)".formatted(unreadable.getMessage()),
          "check that it is there and its permissions",
          unreadable);
    }
  }

  private byte[] read(Path path, GroundingService service) throws IOException {
    FileSystem files = path.getFileSystem(hadoop.value().value());
    if (files instanceof LocalFileSystem local) {
      files = local.getRaw(); // the other looks for checksums, by names that may not have a colon
    }
    try {
      FileStatus status = files.getFileStatus(path);
      service.checkImageBytes(status.getLen());
      byte[] bytes = new byte[(int) status.getLen()];
      try (FSDataInputStream in = files.open(path)) {
        in.readFully(0, bytes);
      }
      return bytes;
    } catch (FileNotFoundException | AccessControlException missing) {
      // Where the folder is there, the executor is not to blame.
      if (files.exists(root == null ? path.getParent() : new Path(root))) {
        throw new IllegalArgumentException(missing.getMessage(), missing);
      }
      throw missing;
    }
  }

  /** A table is foreign data: its paths do not lead out of the root. */
  private Path place(String path) {
    if (root == null) {
      return new Path(path);
    }
    Path folder = new Path(root);
    Path place = new Path(folder, path);
    String beneath = folder.toUri().normalize().getPath().replaceAll("/*$", "/");
    if (!place.toUri().normalize().getPath().startsWith(beneath)
        || !sameFileSystem(folder, place)) {
      throw new IllegalArgumentException("its path leads out of " + root);
    }
    return place;
  }

  private static boolean sameFileSystem(Path one, Path other) {
    return Objects.equals(one.toUri().getScheme(), other.toUri().getScheme())
        && Objects.equals(one.toUri().getAuthority(), other.toUri().getAuthority());
  }
}
