package io.deixis.runlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Follows a training by what its {@link RunLog} writes; each byte of the growing files is read
 * once. Thread-safe.
 */
public final class RunReader {

  private final FileTail metricsFile;
  private final FileTail samplesFile;
  private final MetricsLog metrics = new MetricsLog();
  private String lastSample;
  private int beginnings;

  /** Prepares to follow the training in a work folder. */
  public RunReader(Path folder) {
    this.metricsFile = new FileTail(folder.resolve(RunLog.METRICS));
    this.samplesFile = new FileTail(folder.resolve(RunLog.SAMPLES));
  }

  /**
   * The state of a training.
   *
   * @param version changes as soon as stages or sample do
   * @param stages those that have begun, in order
   * @param sample the latest one
   */
  public record Snapshot(String version, List<StageCurves> stages, Optional<BatchSample> sample) {}

  /**
   * Reads on.
   *
   * @throws UncheckedIOException if the files cannot be read
   */
  public synchronized Snapshot read() {
    try {
      metricsFile.read(
          () -> {
            beginnings++;
            metrics.clear();
          },
          metrics::add);
      samplesFile.read(() -> lastSample = null, line -> lastSample = line);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Snapshot(
        beginnings + "." + metricsFile.offset() + "." + samplesFile.offset(),
        metrics.stages(),
        Optional.ofNullable(lastSample).flatMap(BatchSample::read));
  }
}
