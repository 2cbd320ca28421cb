package io.deixis.runlog;

import java.nio.file.Path;
import java.util.List;

/**
 * Keeps what a training tells in its work folder: {@value #METRICS} and {@value #LOOKS}. A training
 * that goes on continues both files; no step is in them twice.
 */
public final class RunLog implements AutoCloseable {

  /** Figures of every step. */
  public static final String METRICS = "metrics.csv";

  /** BatchSamples into batches. */
  public static final String LOOKS = "looks.ndjson";

  private final Metrics metrics;
  private final BatchSamples looks;

  /** Keeps the files in {@code folder}, which is there. */
  public RunLog(Path folder) {
    metrics = new Metrics(folder.resolve(METRICS));
    looks = new BatchSamples(folder.resolve(LOOKS));
  }

  /** Returns a listener that writes the files and tells {@code other} the same. */
  public TrainingListener with(TrainingListener other) {
    return new Listeners(List.of(metrics, looks, other));
  }

  @Override
  public void close() {
    metrics.close();
    looks.close();
  }
}
