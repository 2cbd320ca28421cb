package io.deixis.training.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How far the writer of a cache is; kept in the cache's folder until the cache is finished.
 *
 * @param version of the layout
 * @param fingerprint of what the features are made with
 * @param planned tells the keys that there will be
 * @param candidates N, candidates of an image
 * @param featureSize length of a description
 * @param done records that are on the disk for good
 */
record ExtractionProgress(
    int version, String fingerprint, String planned, int candidates, int featureSize, int done) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns what tells a list of keys from others. */
  static String planOf(List<String> keys) {
    return Sha256.of(String.join("\n", keys).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the progress in a folder that a writer of these features and keys can go on from. */
  static Optional<ExtractionProgress> read(Path directory, String fingerprint, String planned) {
    try {
      return Optional.of(
              JSON.readValue(Files.readString(file(directory)), ExtractionProgress.class))
          .filter(
              progress ->
                  progress.version == FeatureLayout.VERSION
                      && fingerprint.equals(progress.fingerprint)
                      && planned.equals(progress.planned)
                      && progress.isBackedBy(directory));
    } catch (IOException noneOrBroken) {
      return Optional.empty();
    }
  }

  /** Replaces the progress in a folder. */
  void write(Path directory) throws IOException {
    String json = JSON.writeValueAsString(this);
    AtomicFile.replace(file(directory), partial -> Files.writeString(partial, json));
  }

  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(file(directory));
  }

  FeatureLayout layout() {
    return new FeatureLayout(candidates, featureSize);
  }

  private static Path file(Path directory) {
    return directory.resolve("progress.json");
  }

  /** Returns whether the folder's files are as long as this says. */
  private boolean isBackedBy(Path directory) {
    int perFile = FeatureLayout.RECORDS_PER_FILE;
    for (int first = 0; first < done; first += perFile) {
      long least = (long) Math.min(perFile, done - first) * layout().recordSize();
      if (FeatureLayout.fileOf(directory, first).toFile().length() < least) {
        return false;
      }
    }
    return true;
  }
}
