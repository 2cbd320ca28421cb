package io.deixis.runlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a training in few rows, for keeping with what it made: neighbouring steps are
 * averaged, and what depends on the machine (speed and memory) is left out, so that the same
 * training gives the same bytes.
 */
public final class TrainingCurves {

  private static final int MOST_ROWS_OF_A_STAGE = 200;
  private static final int FIRST_FIGURE = 3;

  private TrainingCurves() {}

  /**
   * Returns the rows, the heading first; empty if the file is not there.
   *
   * @param metrics a {@code metrics.csv}
   * @throws IOException if it cannot be read
   */
  public static List<String> of(Path metrics) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(metrics);
    } catch (NoSuchFileException none) {
      return List.of();
    }
    List<Integer> kept = new ArrayList<>();
    for (int column = 0; column < Metrics.COLUMNS.size(); column++) {
      if (!Metrics.OF_THE_MACHINE.contains(Metrics.COLUMNS.get(column))) {
        kept.add(column);
      }
    }
    Map<String, List<String[]>> stages = new LinkedHashMap<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (cells.length == Metrics.COLUMNS.size() && !cells[0].equals(Metrics.COLUMNS.get(0))) {
        stages.computeIfAbsent(cells[0], stage -> new ArrayList<>()).add(cells);
      }
    }
    List<String> rows = new ArrayList<>();
    rows.add(String.join(",", kept.stream().map(Metrics.COLUMNS::get).toList()));
    stages.values().forEach(stage -> add(stage, kept, rows));
    return rows.size() == 1 ? List.of() : rows;
  }

  private static void add(List<String[]> stage, List<Integer> kept, List<String> rows) {
    int together = (stage.size() + MOST_ROWS_OF_A_STAGE - 1) / MOST_ROWS_OF_A_STAGE;
    List<String[]> block = new ArrayList<>();
    for (String[] row : stage) {
      boolean endsEpoch = !row[row.length - 1].isEmpty();
      if (!endsEpoch) {
        block.add(row);
      }
      if (endsEpoch || block.size() == together) {
        addMean(block, kept, rows);
        block.clear();
      }
      if (endsEpoch) {
        rows.add(String.join(",", kept.stream().map(column -> row[column]).toList()));
      }
    }
    addMean(block, kept, rows);
  }

  private static void addMean(List<String[]> block, List<Integer> kept, List<String> rows) {
    if (block.isEmpty()) {
      return;
    }
    String[] last = block.get(block.size() - 1);
    List<String> cells = new ArrayList<>();
    for (int column : kept) {
      cells.add(column < FIRST_FIGURE ? last[column] : mean(block, column));
    }
    rows.add(String.join(",", cells));
  }

  private static String mean(List<String[]> block, int column) {
    double sum = 0;
    int count = 0;
    for (String[] row : block) {
      if (!row[column].isEmpty()) {
        sum += Double.parseDouble(row[column]);
        count++;
      }
    }
    return count == 0 ? "" : String.format(Locale.ROOT, "%.5g", sum / count);
  }
}
