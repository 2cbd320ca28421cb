package io.deixis.service.training;

import io.deixis.runlog.BatchSample;
import io.deixis.runlog.RunLog;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The trainings in the configured folder. Names are compared with the folder's listing: what a
 * request says never becomes a path.
 */
@ApplicationScoped
@RegisterForReflection(
    targets = {BatchSample.class, BatchSample.Phrase.class, BatchSample.Candidate.class})
class TrainingRuns {

  private static final Logger LOG = Logger.getLogger(TrainingRuns.class);

  private final Optional<Path> directory;
  private final Map<Path, RunFollower> followers = new ConcurrentHashMap<>();

  TrainingRuns(TrainingConfig config) {
    this.directory = config.directory();
  }

  /**
   * A training.
   *
   * @param name of its folder
   * @param changed when its metrics last changed
   * @param follower reads it
   */
  record Run(String name, Instant changed, RunFollower follower) {}

  /** Returns whether a folder is configured. */
  boolean configured() {
    return directory.isPresent();
  }

  /** Returns the trainings, the last changed first; empty if no folder is configured. */
  List<Run> list() {
    if (directory.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory.get())) {
      List<Path> folders =
          children.filter(f -> Files.isRegularFile(f.resolve(RunLog.METRICS))).toList();
      followers.keySet().retainAll(folders);
      return folders.stream()
          .map(this::run)
          .sorted(Comparator.comparing(Run::changed).reversed().thenComparing(Run::name))
          .toList();
    } catch (IOException unreadable) {
      LOG.warnf("The folder of trainings cannot be read (%s)", unreadable.getClass().getName());
      return List.of();
    }
  }

  /** Returns the training called {@code name}; nothing if there is none. */
  Optional<Run> find(String name) {
    return list().stream().filter(run -> run.name().equals(name)).findFirst();
  }

  private Run run(Path folder) {
    return new Run(
        folder.getFileName().toString(),
        changed(folder.resolve(RunLog.METRICS)),
        followers.computeIfAbsent(folder, RunFollower::new));
  }

  private static Instant changed(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }
}
