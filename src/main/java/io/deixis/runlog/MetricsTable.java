package io.deixis.runlog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The content of a {@code metrics.csv}: one row a step, and one an epoch with the recall on images
 * held out. Between {@value #LOSS} and the columns that every stage has stand those of the loss
 * terms, as the stages name them. A row leaves the columns empty that it has nothing for.
 *
 * @param terms columns of the loss terms, in order
 * @param rows cells by column
 */
public record MetricsTable(List<String> terms, List<Map<String, String>> rows) {

  /** The column of the loss, the weighted sum of its terms. */
  public static final String LOSS = "loss";

  /** The column of the recall on images held out. */
  public static final String RECALL = "held-out_recall@1";

  static final String STAGE = "stage";
  static final String EPOCH = "epoch";
  static final String STEP = "step";

  private static final List<String> FIRST = List.of(STAGE, EPOCH, STEP, LOSS);

  /** Metrics that any stage may have beside its loss. */
  private static final List<String> COMMON =
      List.of("accuracy", "positive_rate", "learning_rate", "gradient");

  /** Columns that tell of the machine, not of the weights. */
  private static final List<String> OF_THE_MACHINE =
      List.of("images_per_second", "pairs_per_second", "heap_mb", "resident_mb");

  private static final int MOST_ROWS_OF_A_STAGE = 200;

  /** Copies the lists. */
  public MetricsTable {
    terms = List.copyOf(terms);
    rows = List.copyOf(rows);
  }

  /** Returns the column of a metric. */
  static String column(String metric) {
    return metric.replace(' ', '_');
  }

  /** Returns those of a table's columns that are loss terms. */
  static List<String> termsAmong(List<String> columns) {
    List<String> terms = new ArrayList<>(columns);
    Stream.of(FIRST, COMMON, OF_THE_MACHINE, List.of(RECALL)).forEach(terms::removeAll);
    return terms;
  }

  /** Reads a file's lines, the first of which names the columns; broken rows are left out. */
  public static MetricsTable parse(List<String> lines) {
    List<String> columns = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (columns.contains(STEP) && cells.length == columns.size()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
          row.put(columns.get(i), cells[i]);
        }
        if (row.get(STEP).matches("\\d+")) {
          rows.add(row);
        }
      }
    }
    return new MetricsTable(termsAmong(columns), rows);
  }

  /**
   * Returns the table that a stage goes on with.
   *
   * @param stage its name
   * @param done its steps that count; rows of later ones are left out
   * @param itsTerms loss terms that get a column
   */
  MetricsTable continuedBy(String stage, long done, List<String> itsTerms) {
    Set<String> all = new LinkedHashSet<>(terms);
    itsTerms.stream().map(MetricsTable::column).forEach(all::add);
    return new MetricsTable(
        List.copyOf(all),
        rows.stream()
            .filter(row -> !row.get(STAGE).equals(stage) || Long.parseLong(row.get(STEP)) <= done)
            .toList());
  }

  /** Returns the file's lines, the heading first. */
  public List<String> lines() {
    return lines(columns());
  }

  /** Returns the line of a row. */
  String line(Map<String, String> row) {
    return line(row, columns());
  }

  private List<String> columns() {
    return Stream.of(FIRST, terms, COMMON, OF_THE_MACHINE, List.of(RECALL))
        .flatMap(List::stream)
        .toList();
  }

  private List<String> lines(List<String> columns) {
    return Stream.concat(
            Stream.of(String.join(",", columns)), rows.stream().map(row -> line(row, columns)))
        .toList();
  }

  private static String line(Map<String, String> row, List<String> columns) {
    return String.join(",", columns.stream().map(name -> row.getOrDefault(name, "")).toList());
  }

  /**
   * Returns the table as lines to keep with what a training made: neighbouring steps are averaged,
   * and what depends on the machine (speed and memory) is left out, so that the same training gives
   * the same bytes.
   */
  public List<String> summary() {
    List<String> columns = new ArrayList<>(columns());
    columns.removeAll(OF_THE_MACHINE);
    Map<String, List<Map<String, String>>> stages = new LinkedHashMap<>();
    rows.forEach(row -> stages.computeIfAbsent(row.get(STAGE), any -> new ArrayList<>()).add(row));
    List<Map<String, String>> few = new ArrayList<>();
    stages.values().forEach(stage -> addSummary(stage, few));
    return new MetricsTable(terms, few).lines(columns);
  }

  private void addSummary(List<Map<String, String>> stage, List<Map<String, String>> few) {
    int together = (stage.size() + MOST_ROWS_OF_A_STAGE - 1) / MOST_ROWS_OF_A_STAGE;
    List<Map<String, String>> block = new ArrayList<>();
    for (Map<String, String> row : stage) {
      boolean endsEpoch = !row.getOrDefault(RECALL, "").isEmpty();
      if (!endsEpoch) {
        block.add(row);
      }
      if (endsEpoch || block.size() == together) {
        addMean(block, few);
        block.clear();
      }
      if (endsEpoch) {
        few.add(row);
      }
    }
    addMean(block, few);
  }

  private void addMean(List<Map<String, String>> block, List<Map<String, String>> few) {
    if (block.isEmpty()) {
      return;
    }
    Map<String, String> mean = new LinkedHashMap<>(block.get(block.size() - 1));
    for (String column : columns()) {
      if (column.equals(LOSS) || terms.contains(column) || COMMON.contains(column)) {
        block.stream()
            .map(row -> row.getOrDefault(column, ""))
            .filter(cell -> !cell.isEmpty())
            .mapToDouble(Double::parseDouble)
            .average()
            .ifPresent(value -> mean.put(column, String.format(Locale.ROOT, "%.5g", value)));
      }
    }
    few.add(mean);
  }

  /** Returns the row of a step. */
  static Map<String, String> row(TrainingListener.Step step) {
    Map<String, String> row = position(step.stage(), step.epoch(), step.done());
    step.metrics().forEach((name, value) -> row.put(column(name), Float.toString(value)));
    row.put("images_per_second", rate(step.images(), step.seconds()));
    if (step.pairs() > 0) {
      row.put("pairs_per_second", rate(step.pairs(), step.seconds()));
    }
    row.put("heap_mb", Long.toString(ProcessMemory.heapMegabytes()));
    ProcessMemory.residentMegabytes()
        .ifPresent(megabytes -> row.put("resident_mb", Long.toString(megabytes)));
    return row;
  }

  /** Returns the row of an epoch's end. */
  static Map<String, String> row(TrainingListener.Epoch epoch) {
    Map<String, String> row = position(epoch.stage(), epoch.epoch(), epoch.done());
    row.put(RECALL, String.format(Locale.ROOT, "%.5f", epoch.recall()));
    return row;
  }

  private static Map<String, String> position(String stage, int epoch, long step) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put(STAGE, stage);
    row.put(EPOCH, Integer.toString(epoch));
    row.put(STEP, Long.toString(step));
    return row;
  }

  private static String rate(long count, double seconds) {
    return String.format(Locale.ROOT, "%.1f", count / seconds);
  }
}
