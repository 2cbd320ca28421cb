package io.deixis.archive;

import io.deixis.archive.AnswerRow.PhotoKey;
import io.deixis.files.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The photos that a table already has: of the same path and content, asked for the same words of
 * the same model. A photo takes eight bytes, so that ten million fit each executor; that any of as
 * many new ones is taken for one of them has a chance of one in 200,000.
 *
 * @param hashes in rising order
 */
record DoneKeys(long[] hashes) implements Serializable {

  /** No photos. */
  static final DoneKeys NONE = new DoneKeys(new long[0]);

  /** Returns the number that stands for a photo. */
  static long hash(PhotoKey key) {
    String all = key.path() + "\n" + key.content() + "\n" + key.request();
    return Long.parseUnsignedLong(
        Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16), 16);
  }

  /** Returns whether the photo is there. */
  boolean holds(PhotoKey key) {
    return Arrays.binarySearch(hashes, hash(key)) >= 0;
  }
}
