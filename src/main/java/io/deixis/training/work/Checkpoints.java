package io.deixis.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.files.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The latest checkpoint of a stage, in one safetensors file: tensors are called {@code group/name},
 * the file's metadata hold everything else. The file is replaced as a whole, so that a process
 * killed at any moment leaves one that can be gone on from.
 */
public final class Checkpoints {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATE = "state";
  private static final String CHECKSUM = "checksum";

  /**
   * What a checkpoint holds beside its tensors.
   *
   * @param fingerprint of the training
   */
  private record State(
      int epoch,
      int batch,
      int optimiserSteps,
      Map<String, String> notes,
      Map<String, String> fingerprint) {}

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
      String json = metadata.getOrDefault(STATE, "null");
      State state = JSON.readValue(json, State.class);
      if (state == null || state.notes == null || state.fingerprint == null) {
        throw new IOException("a checkpoint without its state");
      }
      Fingerprint written = new Fingerprint(state.fingerprint);
      if (!written.equals(fingerprint)) {
        throw TrainingException.otherSettings(
            "The checkpoint %s is of a training with a difference in %s; train as it was begun, delete that file, or name another folder with --work."
                .formatted(file, String.join(" and ", fingerprint.differences(written))));
      }
      Map<String, Safetensors.Tensor> tensors = Safetensors.read(file);
      if (!checksum(json, tensors).equals(metadata.get(CHECKSUM))) {
        throw new IOException("the checkpoint's content is not what was written");
      }
      return Optional.of(
          new Checkpoint(
              state.epoch, state.batch, state.optimiserSteps, grouped(tensors), state.notes));
    } catch (JsonProcessingException | IndexOutOfBoundsException e) {
      throw unreadable(new IOException("a checkpoint whose state cannot be understood", e));
    } catch (IOException e) {
      throw unreadable(e);
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
    State state =
        new State(
            checkpoint.epoch(),
            checkpoint.batch(),
            checkpoint.optimiserSteps(),
            checkpoint.notes(),
            fingerprint.parts());
    try {
      String json = JSON.writeValueAsString(state);
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put(STATE, json);
      metadata.put(CHECKSUM, checksum(json, tensors));
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

  /** Returns a CRC-32C (RFC 3720) over all that a checkpoint holds, hexadecimal. */
  private static String checksum(String state, Map<String, Safetensors.Tensor> tensors) {
    CRC32C crc = new CRC32C();
    crc.update(state.getBytes(StandardCharsets.UTF_8));
    tensors.forEach(
        (name, tensor) -> {
          crc.update((name + "\n").getBytes(StandardCharsets.UTF_8));
          ByteBuffer bytes = ByteBuffer.allocate(tensor.floats().length * Float.BYTES);
          bytes.asFloatBuffer().put(tensor.floats());
          crc.update(bytes);
        });
    return Long.toHexString(crc.getValue());
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
}
