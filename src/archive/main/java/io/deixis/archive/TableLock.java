package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jboss.logging.Logger;

/**
 * Keeps a table to one job at a time: two would ground the same photos, and the one that ends first
 * would delete what the other has in work. A file in the table's folder that the job writes again
 * every few seconds while it lives; a job that was killed leaves a file that does not change.
 */
final class TableLock implements AutoCloseable {

  /** The file's name; Spark's readers pass over names with an underscore. */
  static final String FILE = "_job";

  private static final Logger LOG = Logger.getLogger(TableLock.class);
  private static final Duration BEAT = Duration.ofSeconds(5);

  /** A job whose file has not changed for so long does not live. */
  private static final Duration PATIENCE = BEAT.multipliedBy(4);

  private final FileSystem files;
  private final Path file;
  private final String job;
  private final ScheduledExecutorService beats;

  private TableLock(FileSystem files, Path file, String job) throws IOException {
    this.files = files;
    this.file = file;
    this.job = job;
    write(false);
    files.deleteOnExit(file); // also of a job that is interrupted
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "table-lock");
              thread.setDaemon(true);
              return thread;
            });
    beats.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a table; waits for the time that a living job shows itself in, if a job left its file.
   *
   * @param job the job's name, for those who find the table taken
   * @param terminal told of the wait
   * @throws CommandFailure if another job writes the table
   */
  static TableLock take(FileSystem files, Path table, String job, PrintWriter terminal)
      throws IOException {
    Path file = new Path(table, FILE);
    if (files.exists(file)) {
      terminal.printf(
          "Another job was at this table; waiting up to %d s to see whether it still is …%n",
          PATIENCE.toSeconds());
      terminal.flush();
      if (lives(files, file)) {
        throw taken(table);
      }
      files.delete(file, false);
    }
    try {
      return new TableLock(files, file, job);
    } catch (FileAlreadyExistsException sooner) {
      throw taken(table);
    }
  }

  private static CommandFailure taken(Path table) {
    return CommandFailure.usage(
        "Another job writes the table in \"%s\" just now; wait for its end, or name another"
            + " folder.",
        table);
  }

  private static boolean lives(FileSystem files, Path file) throws IOException {
    long seen = files.getFileStatus(file).getModificationTime();
    for (int second = 0; second < PATIENCE.toSeconds(); second++) {
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stopped);
      }
      if (!files.exists(file)) {
        return false; // it has just ended
      }
      if (files.getFileStatus(file).getModificationTime() != seen) {
        return true;
      }
    }
    return false;
  }

  private void beat() {
    try {
      write(true);
    } catch (IOException failed) {
      LOG.warnf("%s could not be written: %s", file, failed.getMessage());
    }
  }

  private void write(boolean again) throws IOException {
    try (OutputStream out = files.create(file, again)) {
      out.write((job + " " + Instant.now() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    beats.shutdown();
    try {
      beats.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    files.delete(file, false);
    files.cancelDeleteOnExit(file);
  }
}
