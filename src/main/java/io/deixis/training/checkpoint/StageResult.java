package io.deixis.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.training.monitor.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that a stage leaves in the work folder. Beside it a small JSON file, written as the
 * stage begins, tells what it follows from; without that file a result counts as given by hand.
 */
public final class StageResult {

  private static final ObjectMapper JSON = new ObjectMapper();

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
   * @throws TrainingException if it follows from something else
   */
  public boolean isDone() {
    if (!Files.exists(file)) {
      return false;
    }
    if (Files.exists(origin)) {
      Fingerprint other = read();
      if (!other.equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "%s was made with a difference in %s; train as it was begun, delete that file, or name another folder with --work."
                .formatted(file, String.join(" and ", fingerprint.differences(other))));
      }
    }
    return true;
  }

  /** Notes what the result will follow from. */
  public void begin() {
    try {
      String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fingerprint);
      AtomicFile.replace(origin, partial -> Files.writeString(partial, json));
    } catch (IOException e) {
      throw TrainingException.storage(origin, e);
    }
  }

  private Fingerprint read() {
    try {
      return JSON.readValue(Files.readString(origin), Fingerprint.class);
    } catch (JsonProcessingException e) {
      throw new TrainingException(
          "%s is damaged; delete it together with %s.".formatted(origin, file), e);
    } catch (IOException e) {
      throw new TrainingException("%s cannot be read; check its rights.".formatted(origin), e);
    }
  }
}
