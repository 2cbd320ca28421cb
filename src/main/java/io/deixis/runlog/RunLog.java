package io.deixis.runlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes the log of a training into its work folder: {@value #METRICS}, {@value #SAMPLES} and
 * {@value Heartbeat#FILE}. A training that goes on continues the files; no step is in them twice.
 */
public final class RunLog implements TrainingListener, AutoCloseable {

  /** Loss, its terms and other metrics of every step. */
  public static final String METRICS = "metrics.csv";

  /** Samples of batches, one JSON object a line. */
  public static final String SAMPLES = "batch-samples.ndjson";

  private static final Logger LOG = Logger.getLogger(RunLog.class);
  private static final int SECONDS_PER_HEARTBEAT = 5;

  private final Path folder;
  private final TrainingListener next;
  private final LineLog metricsFile;
  private final LineLog samplesFile;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          beat -> {
            Thread thread = new Thread(beat, "heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private MetricsTable table = new MetricsTable(List.of(), List.of());
  private volatile Progress latest = new Progress("", 0, 0, Map.of());

  /**
   * Begins to write.
   *
   * @param folder the work folder, which is there
   * @param next receives the same events
   */
  public RunLog(Path folder, TrainingListener next) {
    this.folder = folder;
    this.next = next;
    this.metricsFile = new LineLog(folder.resolve(METRICS));
    this.samplesFile = new LineLog(folder.resolve(SAMPLES));
    heart.scheduleWithFixedDelay(
        () -> beat(Heartbeat.State.WORKING, position()),
        0,
        SECONDS_PER_HEARTBEAT,
        TimeUnit.SECONDS);
  }

  @Override
  public void onStart(Start start) {
    metricsFile.rewrite(
        lines -> {
          table = MetricsTable.parse(lines).continuedBy(start.stage(), start.done(), start.terms());
          return table.lines();
        });
    samplesFile.rewrite(lines -> lines.stream().filter(line -> isKept(line, start)).toList());
    next.onStart(start);
  }

  private static boolean isKept(String line, Start start) {
    return BatchSample.read(line)
        .filter(sample -> !sample.stage().equals(start.stage()) || sample.step() <= start.done())
        .isPresent();
  }

  @Override
  public void onStep(Progress progress) {
    latest = progress;
    next.onStep(progress);
  }

  @Override
  public void onTrainingStep(Step step) {
    latest = step.progress();
    metricsFile.add(table.line(MetricsTable.row(step)));
    next.onTrainingStep(step);
  }

  @Override
  public void onEpoch(Epoch epoch) {
    metricsFile.add(table.line(MetricsTable.row(epoch)));
    next.onEpoch(epoch);
  }

  @Override
  public void onSample(BatchSample sample) {
    samplesFile.add(sample.json());
    sample
        .phrases()
        .forEach(
            phrase ->
                LOG.debugf(
                    "%s step %d, image %s: \"%s\" (%d right) %s",
                    sample.stage(),
                    sample.step(),
                    sample.image(),
                    phrase.text(),
                    phrase.positives(),
                    phrase.scores()));
    next.onSample(sample);
  }

  @Override
  public void onWarning(String sentence) {
    LOG.warn(sentence);
    next.onWarning(sentence);
  }

  /** Ends with what the training made, in a sentence. */
  public void finished(String sentence) {
    end(Heartbeat.State.FINISHED, sentence);
  }

  /** Ends with why the training cannot go on, in a sentence. */
  public void failed(String sentence) {
    end(Heartbeat.State.FAILED, sentence);
  }

  private void end(Heartbeat.State state, String sentence) {
    stopHeart();
    beat(state, sentence);
  }

  private String position() {
    Progress now = latest;
    return now.stage().isEmpty()
        ? "The training begins."
        : String.format(
            Locale.ROOT, "Stage %s, step %,d of %,d.", now.stage(), now.done(), now.total());
  }

  private void beat(Heartbeat.State state, String sentence) {
    Progress now = latest;
    try {
      new Heartbeat(state, now.stage(), now.done(), now.total(), sentence, Instant.now())
          .write(folder);
    } catch (IOException e) {
      // A full disk is reported by what needs it; a missing heartbeat stops no training.
      LOG.debugf(e, "The heartbeat of %s cannot be written", folder);
    }
  }

  private void stopHeart() {
    heart.shutdownNow();
    try {
      heart.awaitTermination(SECONDS_PER_HEARTBEAT, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopHeart();
    metricsFile.close();
    samplesFile.close();
  }
}
