package io.deixis.runlog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of a training, taken in line by line from its {@code metrics.csv}: a heading with the
 * names of the columns, then rows that begin with stage, epoch and step; what a row has nothing for
 * is empty.
 *
 * <p>Not thread-safe.
 */
public final class MetricsLog {

  /** Behind stage, epoch and step. */
  private static final int FIRST_FIGURE = 3;

  private final Map<String, StageCurves> stages = new LinkedHashMap<>();
  private List<String> columns = List.of();

  /** Adds a line; one that is neither a heading nor a whole row is ignored. */
  public void add(String line) {
    String[] cells = line.split(",", -1);
    if (line.startsWith("stage,")) {
      columns = List.of(cells);
    } else if (cells.length == columns.size() && cells.length > FIRST_FIGURE) {
      addRow(cells);
    }
  }

  private void addRow(String[] cells) {
    try {
      int epoch = Integer.parseInt(cells[1]);
      long step = Long.parseLong(cells[2]);
      StageCurves stage = stages.computeIfAbsent(cells[0], StageCurves::new);
      for (int i = FIRST_FIGURE; i < cells.length; i++) {
        if (!cells[i].isEmpty()) {
          stage.add(epoch, step, columns.get(i), Double.parseDouble(cells[i]));
        }
      }
    } catch (NumberFormatException broken) {
      // an incomplete row is ignored
    }
  }

  /** Returns the stages so far, in their order; later lines do not change them. */
  public List<StageCurves> stages() {
    return stages.values().stream().map(StageCurves::copy).toList();
  }

  /** Forgets every line. */
  public void clear() {
    stages.clear();
    columns = List.of();
  }
}
