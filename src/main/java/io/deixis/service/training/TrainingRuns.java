package io.deixis.service.training;

import io.deixis.runlog.BatchSample;
import io.deixis.runlog.RunLog;
import io.deixis.service.page.RunFolders;
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

/** The trainings in the configured folder. */
@ApplicationScoped
@RegisterForReflection(
    targets = {BatchSample.class, BatchSample.Phrase.class, BatchSample.Candidate.class})
class TrainingRuns {

  private final RunFolders folders;
  private final Map<Path, RunFollower> followers = new ConcurrentHashMap<>();

  TrainingRuns(TrainingConfig config) {
    this.folders = new RunFolders(config.directory(), RunLog.METRICS);
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
    return folders.directory().isPresent();
  }

  /** Returns the trainings, the last changed first; empty if no folder is configured. */
  List<Run> list() {
    List<Path> all = folders.list();
    followers.keySet().retainAll(all);
    return all.stream()
        .map(this::run)
        .sorted(Comparator.comparing(Run::changed).reversed().thenComparing(Run::name))
        .toList();
  }

  /** Returns the training called {@code name}; nothing if there is none. */
  Optional<Run> find(String name) {
    return folders.find(name).map(this::run);
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
