package io.deixis.archive;

import io.deixis.batch.StageProgress;
import io.deixis.runlog.TrainingListener;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Shows on the console how far the job is and what time it still needs. */
final class Progress extends SparkListener implements AutoCloseable {

  private final Counts counts;
  private final long total;
  private final SparkContext spark;
  private final StageProgress bar;

  /** Photos of tasks that run, by task. */
  private final Map<Long, Long> running = new HashMap<>();

  private Progress(Counts counts, long total, SparkContext spark) {
    this.counts = counts;
    this.total = total;
    this.spark = spark;
    this.bar = new StageProgress(!spark.isLocal());
  }

  /**
   * Begins to show it, if the job runs on this machine.
   *
   * @param counts what the job counts
   * @param total photos that there are
   */
  static Progress of(Counts counts, long total, SparkContext spark) {
    Progress progress = new Progress(counts, total, spark);
    spark.addSparkListener(progress);
    return progress;
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(task -> running.put((Long) task._1(), photos(task._4())));
    show();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    show();
  }

  private long photos(Iterable<AccumulableInfo> updates) {
    long photos = 0;
    for (AccumulableInfo update : CollectionConverters.asJava(updates)) {
      boolean counted = update.id() == counts.photos().id() || update.id() == counts.skipped().id();
      if (counted && update.update().isDefined()) {
        photos += (Long) update.update().get();
      }
    }
    return photos;
  }

  private void show() {
    long ended = counts.photos().value() + counts.skipped().value();
    long sum = ended + running.values().stream().mapToLong(Long::longValue).sum();
    if (sum > 0 && total > 0) {
      bar.onStep(new TrainingListener.Progress("photos", Math.min(sum, total), total, Map.of()));
    }
  }

  @Override
  public synchronized void close() {
    spark.removeSparkListener(this);
    running.clear();
    show();
    bar.close();
  }
}
