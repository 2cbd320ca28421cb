package io.deixis.engine.bundle;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model bundle that cannot be used; the message is one sentence: what is wrong, what mends it.
 */
public final class BundleException extends RuntimeException {

  /** Creates the exception. */
  public BundleException(String message) {
    super(message);
  }

  /** Creates the exception with the cause for the log. */
  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the exception for a bundle whose manifest cannot be written. */
  public static BundleException unwritable(Path directory, IOException cause) {
    return new BundleException(
        "The manifest of %s cannot be written (%s); check the folder's rights and the disk's space."
            .formatted(directory, cause.getClass().getSimpleName()),
        cause);
  }
}
