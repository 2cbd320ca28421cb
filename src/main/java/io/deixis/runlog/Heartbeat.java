package io.deixis.runlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The sign of life of a training: {@value #FILE} in its work folder, written every few seconds
 * while it works, and a last time as it ends. One that works and has not been written for a minute
 * is of a process that was killed.
 *
 * @param state whether the training works
 * @param stage the name of the stage it is at, blank before the first one
 * @param done steps of the stage done
 * @param total steps of the stage in all
 * @param sentence what a person should know: where it stands, what it made, or why it failed
 * @param written when this was written
 */
public record Heartbeat(
    State state, String stage, long done, long total, String sentence, Instant written) {

  /** The file's name in the work folder. */
  public static final String FILE = "heartbeat.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a training is. */
  public enum State {
    /** It trains. */
    WORKING,
    /** It has written what it should. */
    FINISHED,
    /** It cannot go on. */
    FAILED
  }

  /**
   * Reads the heartbeat of a work folder.
   *
   * @return nothing if there is none, or none that can be understood
   * @throws UncheckedIOException if the file is there and cannot be read
   */
  public static Optional<Heartbeat> read(Path folder) {
    try {
      JsonNode json = JSON.readTree(Files.readString(folder.resolve(FILE)));
      return Optional.of(
          new Heartbeat(
              State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
              json.path("stage").asText(),
              json.path("done").asLong(),
              json.path("total").asLong(),
              json.path("sentence").asText(),
              Instant.parse(json.path("written").asText())));
    } catch (NoSuchFileException
        | JsonProcessingException
        | IllegalArgumentException
        | DateTimeException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether this was written longer ago than {@code age}. */
  public boolean isOlderThan(Duration age) {
    return written.isBefore(Instant.now().minus(age));
  }

  /** Replaces the heartbeat of a work folder. */
  void write(Path folder) throws IOException {
    String json =
        JSON.createObjectNode()
            .put("state", state.name().toLowerCase(Locale.ROOT))
            .put("stage", stage)
            .put("done", done)
            .put("total", total)
            .put("sentence", sentence)
            .put("written", written.toString())
            .toPrettyString();
    AtomicFile.replace(folder.resolve(FILE), partial -> Files.writeString(partial, json + "\n"));
  }
}
