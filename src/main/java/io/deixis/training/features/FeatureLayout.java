package io.deixis.training.features;

import java.nio.file.Path;

/**
 * How a cache lies in its folder: files of {@value #RECORDS_PER_FILE} records, and a header.
 *
 * @param candidates N, candidates of an image
 * @param featureSize length of a description
 */
record FeatureLayout(int candidates, int featureSize) {

  /** Version of this layout. */
  static final int VERSION = 1;

  static final String HEADER = "header.json";

  static final int RECORDS_PER_FILE = 1024;

  /** Returns the bytes of a record. */
  int recordSize() {
    return candidates * (4 * Float.BYTES + featureSize * Short.BYTES);
  }

  /** Returns where in a record the descriptions begin. */
  int featuresOffset() {
    return candidates * 4 * Float.BYTES;
  }

  /** Returns where a description begins in a record. */
  int featureOffset(int row) {
    return featuresOffset() + row * featureSize * Short.BYTES;
  }

  /** Returns the file that holds a record, by its number from 0. */
  static Path fileOf(Path directory, int record) {
    return directory.resolve("features-%04d.bin".formatted(record / RECORDS_PER_FILE));
  }
}
