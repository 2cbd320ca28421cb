package io.deixis.archive;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * What the job has done, as Spark's pages show it with each stage.
 *
 * @param photos photos answered or refused
 * @param phrases phrases answered
 * @param failures photos refused
 * @param skipped photos that the table had already
 */
record Counts(
    LongAccumulator photos,
    LongAccumulator phrases,
    LongAccumulator failures,
    LongAccumulator skipped)
    implements Serializable {

  static Counts of(SparkContext spark) {
    return new Counts(
        spark.longAccumulator("photos"),
        spark.longAccumulator("phrases"),
        spark.longAccumulator("failures"),
        spark.longAccumulator("skipped"));
  }

  /** Counts a photo by its rows; for the task's own thread. */
  void count(List<Row> rows) {
    if (rows.isEmpty()) {
      skipped.add(1);
      return;
    }
    photos.add(1);
    if (rows.get(0).isNullAt(AnswerRow.ERROR)) {
      phrases.add(rows.size());
    } else {
      failures.add(1);
    }
  }
}
