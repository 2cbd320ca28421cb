package io.deixis.training.checkpoint;

import io.deixis.dataset.Flickr30kEntities;
import io.deixis.files.Sha256;
import io.deixis.runlog.TrainingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
  public static String of(Flickr30kEntities data, List<String> ids) {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (String id : ids) {
      hashes.writeBytes((id + "\n").getBytes(StandardCharsets.UTF_8));
      for (Path file : data.annotationFiles(id)) {
        try {
          hashes.writeBytes(Sha256.of(Files.readAllBytes(file)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          throw new TrainingException(
              "%s cannot be read; restore it or take %s out of the split list.".formatted(file, id),
              e);
        }
      }
    }
    return Sha256.of(hashes.toByteArray());
  }
}
