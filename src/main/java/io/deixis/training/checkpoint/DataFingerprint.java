package io.deixis.training.checkpoint;

import io.deixis.dataset.GroundingDataset;
import io.deixis.files.Sha256;
import io.deixis.runlog.TrainingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SHA-256 over the ids of images, in order, and the bytes of their annotations and captions. The
 * pixels are left out: hashing them all would take longer than the check is worth.
 */
public final class DataFingerprint {

  private DataFingerprint() {}

  /**
   * Returns the fingerprint, hexadecimal.
   *
   * @throws TrainingException if an annotation cannot be read
   */
  public static String of(GroundingDataset data, List<String> ids) {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    Map<Path, String> known = new HashMap<>(); // one file may hold the annotations of many images
    for (String id : ids) {
      hashes.writeBytes((id + "\n").getBytes(StandardCharsets.UTF_8));
      for (Path file : data.annotationFiles(id)) {
        String hash = known.computeIfAbsent(file, annotation -> hash(annotation, id));
        hashes.writeBytes(hash.getBytes(StandardCharsets.UTF_8));
      }
    }
    return Sha256.of(hashes.toByteArray());
  }

  private static String hash(Path file, String id) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new TrainingException(
          "%s cannot be read; restore it or take %s out of the split list.".formatted(file, id), e);
    }
  }
}
