package io.deixis.runlog;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text file with one line a step, which survives that its writer is killed: each line is handed
 * to the system at once, and {@link #rewind} takes out what a training that goes on will write
 * again.
 */
final class StepLog implements AutoCloseable {

  private final Path file;
  private final List<String> heading;
  private final Function<String, Optional<Position>> positionOf;
  private BufferedWriter writer;

  /**
   * A line's place.
   *
   * @param stage the stage's name
   * @param step the step, counted from 1
   */
  record Position(String stage, long step) {}

  /**
   * Opens a log, which is begun if it is not there.
   *
   * @param file where it is
   * @param heading lines that it begins with
   * @param positionOf reads a line's place; nothing if the line is broken
   */
  StepLog(Path file, List<String> heading, Function<String, Optional<Position>> positionOf) {
    this.file = file;
    this.heading = List.copyOf(heading);
    this.positionOf = positionOf;
  }

  /** Takes out the lines of a stage's later steps, and broken ones. */
  void rewind(String stage, long done) {
    try {
      close();
      List<String> kept = new ArrayList<>(heading);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          Optional<Position> position = positionOf.apply(line);
          if (position.isPresent()
              && (!position.get().stage().equals(stage) || position.get().step() <= done)) {
            kept.add(line);
          }
        }
      }
      Path partial = file.resolveSibling(file.getFileName() + ".partial");
      Files.write(partial, kept);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw TrainingException.storage(file, e);
    }
  }

  /** Appends a line; only after {@link #rewind}. */
  void append(String line) {
    try {
      writer.write(line);
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw TrainingException.storage(file, e);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } catch (IOException e) {
      throw TrainingException.storage(file, e);
    }
  }
}
