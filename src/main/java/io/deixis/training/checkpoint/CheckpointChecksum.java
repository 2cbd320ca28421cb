package io.deixis.training.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** CRC-32C (RFC 3720) over all that a checkpoint holds, by which changed bytes are noticed. */
final class CheckpointChecksum {

  private final CRC32C crc = new CRC32C();

  private CheckpointChecksum() {}

  /** Returns the checksum, hexadecimal; the order of tensors and notes does not matter. */
  static String of(Checkpoint checkpoint) {
    CheckpointChecksum sum = new CheckpointChecksum();
    sum.add(checkpoint.epoch() + " " + checkpoint.batch() + " " + checkpoint.optimiserSteps());
    new TreeMap<>(checkpoint.notes())
        .forEach(
            (name, value) -> {
              sum.add(name);
              sum.add(value);
            });
    new TreeMap<>(checkpoint.tensors()).forEach(sum::add);
    return Long.toHexString(sum.crc.getValue());
  }

  private void add(String group, Map<String, float[]> members) {
    new TreeMap<>(members)
        .forEach(
            (name, values) -> {
              add(group + "/" + name);
              ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
              bytes.asFloatBuffer().put(values);
              crc.update(bytes);
            });
  }

  private void add(String text) {
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    crc.update(0); // so that two texts are not one
  }
}
