package io.deixis.training.work;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
   * @param threads of the engine with which the result was made, several if it was gone on with;
   *     null if that is not known
   * @param sha256 of the result; null until it is there
   * @param found what the stage found out by itself, by name
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Origin(
      Map<String, String> parts, String threads, String sha256, Map<String, String> found) {

    /** Takes missing parts for none. */
    public Origin {
      parts = parts == null ? Map.of() : parts;
      found = found == null ? Map.of() : found;
    }
  }

  private final Path file;
  private final Path originFile;
  private final Fingerprint fingerprint;
  private final int threads;

  /**
   * Prepares a result; nothing is read or written yet.
   *
   * @param file where it goes
   * @param fingerprint what it follows from
   * @param threads of the engine that would make it
   */
  public StageResult(Path file, Fingerprint fingerprint, int threads) {
    this.file = file;
    this.originFile = file.resolveSibling(file.getFileName() + ".origin.json");
    this.fingerprint = fingerprint;
    this.threads = threads;
  }

  /** Returns where the result is, or will be. */
  public Path file() {
    return file;
  }

  /** Returns what the result is to follow from. */
  public Fingerprint fingerprint() {
    return fingerprint;
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
    Optional<Origin> noted = origin();
    if (noted.isPresent()) {
      Fingerprint other = new Fingerprint(noted.get().parts());
      if (!other.equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "%s was made with a difference in %s; train as it was begun, delete that file, or name another folder with --work."
                .formatted(file, String.join(" and ", fingerprint.differences(other))));
      }
      if (noted.get().sha256() != null && !noted.get().sha256().equals(hash())) {
        throw new TrainingException(
            TrainingException.Reason.DAMAGED,
            "%s is damaged, or was changed since it was made; delete it, and the same command makes it again."
                .formatted(file),
            null);
      }
    }
    return true;
  }

  /** Notes what the result will follow from, or goes on to. */
  public void begin() {
    String now = Integer.toString(threads);
    String all =
        origin()
            .filter(noted -> noted.sha256() == null && noted.parts().equals(fingerprint.parts()))
            .map(Origin::threads)
            .filter(before -> !before.equals(now) && !before.endsWith(" " + now))
            .map(before -> before + ", then " + now)
            .orElse(now);
    note(all, null, Map.of());
  }

  /** Notes what the result, which is there now, looks like. */
  public void finish() {
    finish(Map.of());
  }

  /**
   * The same with what the stage found out by itself.
   *
   * @param found such as weights that follow from the data, by name
   */
  public void finish(Map<String, String> found) {
    note(origin().map(Origin::threads).orElse(Integer.toString(threads)), hash(), found);
  }

  private void note(String ofThreads, String sha256, Map<String, String> found) {
    try {
      String json =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsString(new Origin(fingerprint.parts(), ofThreads, sha256, found));
      AtomicFile.replace(originFile, partial -> Files.writeString(partial, json));
    } catch (IOException e) {
      throw TrainingException.storage(originFile, e);
    }
  }

  /** Returns the SHA-256 of the result file, which must exist. */
  public String hash() {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new TrainingException("%s cannot be read; check its rights.".formatted(file), e);
    }
  }

  /**
   * Returns what is noted of the result; nothing if it was given by hand.
   *
   * @throws TrainingException if the note cannot be read
   */
  public Optional<Origin> origin() {
    if (Files.notExists(originFile)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(originFile), Origin.class));
    } catch (JsonProcessingException e) {
      throw new TrainingException(
          TrainingException.Reason.DAMAGED,
          "%s is damaged; delete it together with %s.".formatted(originFile, file),
          e);
    } catch (IOException e) {
      throw new TrainingException("%s cannot be read; check its rights.".formatted(originFile), e);
    }
  }
}
