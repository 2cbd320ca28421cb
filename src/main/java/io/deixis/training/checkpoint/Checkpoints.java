package io.deixis.training.checkpoint;

import io.deixis.engine.bundle.Safetensors;
import io.deixis.files.AtomicFile;
import io.deixis.runlog.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest checkpoint of a stage, in one safetensors file: tensors are called {@code group/name},
 * the file's metadata hold position, fingerprint and notes. The file is replaced as a whole, so
 * that a process killed at any moment leaves one that can be gone on from.
 */
public final class Checkpoints {

  private static final String EPOCH = "epoch";
  private static final String BATCH = "batch";
  private static final String OPTIMISER_STEPS = "optimiser steps";
  private static final String FINGERPRINT = "fingerprint: ";
  private static final String NOTE = "note: ";
  private static final String CHECKSUM = "checksum";

  private final Path file;
  private final Fingerprint fingerprint;
  private final int everySteps;

  /**
   * Prepares the checkpoints of a stage; nothing is read or written yet.
   *
   * @param file where they go
   * @param fingerprint of the training
   * @param everySteps how many steps lie between two within an epoch
   */
  public Checkpoints(Path file, Fingerprint fingerprint, int everySteps) {
    this.file = file;
    this.fingerprint = fingerprint;
    this.everySteps = everySteps;
  }

  /**
   * Returns the checkpoint to go on from, or nothing if there is none.
   *
   * @throws TrainingException if it is of a training with another fingerprint, or cannot be read
   */
  public Optional<Checkpoint> latest() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Map<String, String> metadata = Safetensors.metadata(file);
      Fingerprint written = new Fingerprint(withoutPrefix(metadata, FINGERPRINT));
      if (!written.equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "The checkpoint %s is of a training with a difference in %s; train as it was begun, delete that file, or name another folder with --work."
                .formatted(file, String.join(" and ", fingerprint.differences(written))));
      }
      Checkpoint checkpoint =
          new Checkpoint(
              Integer.parseInt(metadata.get(EPOCH)),
              Integer.parseInt(metadata.get(BATCH)),
              Integer.parseInt(metadata.get(OPTIMISER_STEPS)),
              grouped(Safetensors.read(file)),
              withoutPrefix(metadata, NOTE));
      if (!CheckpointChecksum.of(checkpoint).equals(metadata.get(CHECKSUM))) {
        throw new IOException("the checkpoint's content is not what was written");
      }
      return Optional.of(checkpoint);
    } catch (IOException e) {
      throw unreadable(e);
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw unreadable(new IOException("a checkpoint without its position", e));
    }
  }

  private TrainingException unreadable(IOException cause) {
    return TrainingException.unreadable(
        "The checkpoint %s cannot be read; delete it to begin this stage again.".formatted(file),
        cause);
  }

  /** Returns whether one is due after so many steps of the whole training. */
  public boolean dueAfter(int steps) {
    return steps % everySteps == 0;
  }

  /** Replaces the latest checkpoint. */
  public void save(Checkpoint checkpoint) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(EPOCH, Integer.toString(checkpoint.epoch()));
    metadata.put(BATCH, Integer.toString(checkpoint.batch()));
    metadata.put(OPTIMISER_STEPS, Integer.toString(checkpoint.optimiserSteps()));
    metadata.put(CHECKSUM, CheckpointChecksum.of(checkpoint));
    fingerprint.parts().forEach((name, value) -> metadata.put(FINGERPRINT + name, value));
    checkpoint.notes().forEach((name, value) -> metadata.put(NOTE + name, value));
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    checkpoint
        .tensors()
        .forEach(
            (group, members) ->
                members.forEach(
                    (name, values) ->
                        tensors.put(
                            group + "/" + name,
                            Safetensors.Tensor.of(new long[] {values.length}, values))));
    try {
      AtomicFile.replace(file, partial -> Safetensors.write(partial, tensors, metadata));
    } catch (IOException e) {
      throw TrainingException.storage(file, e);
    }
  }

  /** Removes the checkpoint of a stage that is done. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw TrainingException.storage(file, e);
    }
  }

  private static Map<String, Map<String, float[]>> grouped(
      Map<String, Safetensors.Tensor> tensors) {
    Map<String, Map<String, float[]>> groups = new LinkedHashMap<>();
    tensors.forEach(
        (path, tensor) -> {
          int slash = path.indexOf('/');
          groups
              .computeIfAbsent(path.substring(0, slash), group -> new LinkedHashMap<>())
              .put(path.substring(slash + 1), tensor.floats());
        });
    return groups;
  }

  private static Map<String, String> withoutPrefix(Map<String, String> all, String prefix) {
    Map<String, String> some = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            some.put(name.substring(prefix.length()), value);
          }
        });
    return some;
  }
}
