package io.deixis.training.work;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A training that cannot go on; the message is one sentence: what is wrong and what mends it. */
public final class TrainingException extends RuntimeException {

  /** What kind of thing stops a training. */
  public enum Reason {
    /** A file to start from is missing or cannot be read. */
    INPUT,
    /** A split names images that are not there. */
    ABSENT_IMAGES,
    /** An image, or a file of the work folder, is damaged. */
    DAMAGED,
    /** A file cannot be written: the disk is full or read-only. */
    STORAGE,
    /** What the work folder holds was made with other settings, data or architecture. */
    OTHER_SETTINGS,
    /** The loss is no longer a finite number. */
    DIVERGED,
    /** There is too little memory. */
    MEMORY,
    /** Another training works in the same folder. */
    IN_USE
  }

  private final Reason reason;

  /** Creates the exception for data that is missing or broken. */
  public TrainingException(String message, Throwable cause) {
    this(Reason.INPUT, message, cause);
  }

  /** Creates the exception. */
  public TrainingException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the exception for work that was begun otherwise. */
  public static TrainingException otherSettings(String message) {
    return new TrainingException(Reason.OTHER_SETTINGS, message, null);
  }

  /**
   * Returns the exception for a file that was written by a training and cannot be read.
   *
   * @param message names the file and what mends it
   * @param cause tells whether the file is damaged, or the system does not give it
   */
  public static TrainingException unreadable(String message, IOException cause) {
    Reason reason = cause instanceof FileSystemException ? Reason.INPUT : Reason.DAMAGED;
    return new TrainingException(reason, message, cause);
  }

  /** Returns the exception for a file or folder that cannot be written. */
  public static TrainingException storage(Path file, IOException cause) {
    return new TrainingException(
        Reason.STORAGE,
        "%s cannot be written%s; make room on its disk, then run the same command again."
            .formatted(file, why(cause)),
        cause);
  }

  /** Returns what kind of thing stops the training. */
  public Reason reason() {
    return reason;
  }

  private static String why(IOException cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? ""
        : " (" + message.lines().findFirst().orElseThrow() + ")";
  }
}
