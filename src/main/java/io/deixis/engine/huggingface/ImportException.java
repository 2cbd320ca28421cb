package io.deixis.engine.huggingface;

/** An export that no bundle can be made of. The message says what is wrong and what mends it. */
public final class ImportException extends RuntimeException {

  private final Reason reason;

  /** What is wrong with an export. */
  public enum Reason {
    /** A file is missing or cannot be read. */
    INPUT,
    /** A file does not hold what it should. */
    DAMAGED,
    /** The model is of a kind, or has a part, that is not run here. */
    UNSUPPORTED,
    /** The graph runs and answers wrongly. */
    WRONG_EXPORT,
    /** There is a bundle of that name already, or the name is none. */
    NAME,
    /** The bundle cannot be written. */
    STORAGE
  }

  /**
   * Creates the exception.
   *
   * @param problem what is wrong, as the beginning of a sentence
   * @param remedy what mends it, as the end of that sentence
   * @param cause for the log, or null
   */
  ImportException(Reason reason, String problem, String remedy, Throwable cause) {
    super(problem + "; " + remedy + (remedy.endsWith(".") ? "" : "."), cause);
    this.reason = reason;
  }

  ImportException(Reason reason, String problem, String remedy) {
    this(reason, problem, remedy, null);
  }

  /** Returns what is wrong. */
  public Reason reason() {
    return reason;
  }
}
