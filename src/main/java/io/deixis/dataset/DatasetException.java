package io.deixis.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Data that cannot be read or written. The message is one sentence that names the file and what to
 * do.
 */
public final class DatasetException extends RuntimeException {

  /** What kind of thing is wrong. */
  public enum Reason {
    /** A file or folder is missing, cannot be read, or is not what was asked for. */
    INPUT,
    /** A split names images that are not there. */
    ABSENT_IMAGES,
    /** A file's content is damaged. */
    DAMAGED,
    /** A file cannot be written: the disk is full or read-only. */
    STORAGE
  }

  private final Reason reason;

  /**
   * Creates the exception for something missing.
   *
   * @param message one sentence: what is wrong and what to do
   */
  public DatasetException(String message) {
    this(message, null);
  }

  /** As the other constructor, with the cause for the log. */
  public DatasetException(String message, Throwable cause) {
    this(Reason.INPUT, message, cause);
  }

  private DatasetException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Returns the exception for a damaged file.
   *
   * @param message one sentence: what is wrong and what to do
   * @param cause for the log, or null
   */
  public static DatasetException damaged(String message, Throwable cause) {
    return new DatasetException(Reason.DAMAGED, message, cause);
  }

  /**
   * Returns the exception for images that are not there.
   *
   * @param message one sentence: what is wrong and what to do
   * @param cause for the log, or null
   */
  public static DatasetException absentImages(String message, Throwable cause) {
    return new DatasetException(Reason.ABSENT_IMAGES, message, cause);
  }

  /**
   * Returns the exception for a file that cannot be written.
   *
   * @param file the file
   * @param cause why
   */
  public static DatasetException unwritable(Path file, Exception cause) {
    // The reason as the system gives it, such as a full disk; other exceptions only repeat the file
    // name.
    String why = cause.getClass() == IOException.class ? " (" + cause.getMessage() + ")" : "";
    return new DatasetException(
        Reason.STORAGE,
        "%s cannot be written%s: name a file in a folder that exists, is writable and has room."
            .formatted(file, why),
        cause);
  }

  /** Returns what kind of thing is wrong. */
  public Reason reason() {
    return reason;
  }
}
