package io.deixis.training.work;

import io.deixis.dataset.GroundingDataset;
import io.deixis.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SHA-256 over the ids of images, in order, and the bytes of their annotations and captions. The
 * pixels are left out: hashing them all would take longer than the check is worth.
 */
public final class DataFingerprint {

  private final Map<String, String> hashes = new HashMap<>();

  /**
   * Reads the files of images.
   *
   * @throws TrainingException if an annotation cannot be read
   */
  public DataFingerprint(GroundingDataset data, List<String> ids) {
    for (String id : ids) {
      StringBuilder ofImage = new StringBuilder(id).append('\n');
      for (Path file : data.annotationFiles(id)) {
        try {
          ofImage.append(Sha256.of(Files.readAllBytes(file)));
        } catch (IOException e) {
          throw new TrainingException(
              "%s cannot be read; restore it or take %s out of the split list.".formatted(file, id),
              e);
        }
      }
      hashes.put(id, ofImage.toString());
    }
  }

  /** Returns the fingerprint of some of the images, hexadecimal. */
  public String of(List<String> ids) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ids.forEach(id -> all.writeBytes(hashes.get(id).getBytes(StandardCharsets.UTF_8)));
    return Sha256.of(all.toByteArray());
  }
}
