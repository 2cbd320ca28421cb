package io.deixis.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import io.deixis.runlog.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file that a stage leaves in the work folder. Beside it a small JSON file tells what it
 * follows from, written as the stage begins, and its hash, written as the stage ends; without that
 * file a result counts as given by hand.
 */
public final class StageResult {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the file beside a result tells.
   *
   * @param parts of the fingerprint
   * @param sha256 of the result; null until it is there
   */
  private record Origin(Map<String, String> parts, String sha256) {

    Origin {
      parts = parts == null ? Map.of() : parts;
    }
  }

  private final Path file;
  private final Path origin;
  private final Fingerprint fingerprint;

  /**
   * Prepares a result; nothing is read or written yet.
   *
   * @param file where it goes
   * @param fingerprint what it follows from
   */
  public StageResult(Path file, Fingerprint fingerprint) {
    this.file = file;
    this.origin = file.resolveSibling(file.getFileName() + ".origin.json");
    this.fingerprint = fingerprint;
  }

  /**
   * Returns whether the result is there.
   *
   * @throws TrainingException if it follows from something else, or is not as the stage left it
   */
  public boolean isDone() {
    if (!Files.exists(file)) {
      return false;
    }
    if (Files.exists(origin)) {
      Origin noted = read();
      Fingerprint other = new Fingerprint(noted.parts);
      if (!other.equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "%s was made with a difference in %s; train as it was begun, delete that file, or name another folder with --work."
                .formatted(file, String.join(" and ", fingerprint.differences(other))));
      }
      if (noted.sha256 != null && !noted.sha256.equals(hash())) {
        throw new TrainingException(
            TrainingException.Reason.DAMAGED,
            "%s is damaged, or was changed since it was made; delete it, and the same command makes it again."
                .formatted(file),
            null);
      }
    }
    return true;
  }

  /** Notes what the result will follow from. */
  public void begin() {
    note(null);
  }

  /** Notes what the result, which is there now, looks like. */
  public void finish() {
    note(hash());
  }

  private void note(String sha256) {
    try {
      String json =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsString(new Origin(fingerprint.parts(), sha256));
      AtomicFile.replace(origin, partial -> Files.writeString(partial, json));
    } catch (IOException e) {
      throw TrainingException.storage(origin, e);
    }
  }

  private String hash() {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new TrainingException("%s cannot be read; check its rights.".formatted(file), e);
    }
  }

  private Origin read() {
    try {
      return JSON.readValue(Files.readString(origin), Origin.class);
    } catch (JsonProcessingException e) {
      throw new TrainingException(
          TrainingException.Reason.DAMAGED,
          "%s is damaged; delete it together with %s.".formatted(origin, file),
          e);
    } catch (IOException e) {
      throw new TrainingException("%s cannot be read; check its rights.".formatted(origin), e);
    }
  }
}
