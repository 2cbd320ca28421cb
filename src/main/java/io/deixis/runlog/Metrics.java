package io.deixis.runlog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Writes {@code metrics.csv}: one row a step, and one an epoch with the recall on images held out.
 * Columns that a row has nothing for are empty.
 */
final class Metrics implements TrainingListener, AutoCloseable {

  private static final List<String> FIGURES =
      List.of(
          "loss",
          "pairs",
          "ranking",
          "refinement",
          "foreign",
          "box",
          "entity",
          "map",
          "accuracy",
          "positive rate",
          "learning rate",
          "gradient");

  /** Columns that tell of the machine, not of the weights. */
  static final List<String> OF_THE_MACHINE =
      List.of("images_per_second", "pairs_per_second", "heap_mb", "resident_mb");

  /** The last one is filled in the rows of epochs alone. */
  static final List<String> COLUMNS =
      Stream.of(
              Stream.of("stage", "epoch", "step"),
              FIGURES.stream().map(name -> name.replace(' ', '_')),
              OF_THE_MACHINE.stream(),
              Stream.of("held-out_recall@1"))
          .flatMap(names -> names)
          .toList();

  private final StepLog log;

  Metrics(Path file) {
    log = new StepLog(file, List.of(String.join(",", COLUMNS)), Metrics::position);
  }

  @Override
  public void onStart(String stage, long done) {
    log.rewind(stage, done);
  }

  @Override
  public void onStep(Progress progress) {}

  @Override
  public void onTrainingStep(Step step) {
    List<String> row = row(step.stage(), step.epoch(), step.done());
    for (String name : FIGURES) {
      Float figure = step.figures().get(name);
      row.add(figure == null ? "" : Float.toString(figure));
    }
    row.add(rate(step.images(), step.seconds()));
    row.add(step.pairs() == 0 ? "" : rate(step.pairs(), step.seconds()));
    row.add(Long.toString(ProcessMemory.heapMegabytes()));
    OptionalLong resident = ProcessMemory.residentMegabytes();
    row.add(resident.isPresent() ? Long.toString(resident.getAsLong()) : "");
    row.add("");
    log.append(String.join(",", row));
  }

  @Override
  public void onEpoch(Epoch epoch) {
    List<String> row = row(epoch.stage(), epoch.epoch(), epoch.done());
    while (row.size() < COLUMNS.size() - 1) {
      row.add("");
    }
    row.add(String.format(Locale.ROOT, "%.5f", epoch.recall()));
    log.append(String.join(",", row));
  }

  @Override
  public void close() {
    log.close();
  }

  private static List<String> row(String stage, int epoch, long step) {
    return new ArrayList<>(List.of(stage, Integer.toString(epoch), Long.toString(step)));
  }

  private static String rate(long count, double seconds) {
    return String.format(Locale.ROOT, "%.1f", count / seconds);
  }

  private static Optional<StepLog.Position> position(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS.size() || Arrays.asList(cells).equals(COLUMNS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new StepLog.Position(cells[0], Long.parseLong(cells[2])));
    } catch (NumberFormatException broken) {
      return Optional.empty();
    }
  }
}
