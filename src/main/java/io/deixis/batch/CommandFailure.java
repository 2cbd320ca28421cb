package io.deixis.batch;

/**
 * A command that cannot go on. The message is one sentence for the person at the terminal: what is
 * wrong and what to do.
 */
public final class CommandFailure extends RuntimeException {

  private final ExitStatus status;

  /**
   * Creates the failure.
   *
   * @param status what the process ends with
   * @param message one sentence: what is wrong and what to do
   */
  public CommandFailure(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** As the other constructor, with the cause for the log. */
  public CommandFailure(ExitStatus status, String message, Throwable cause) {
    this(status, message);
    initCause(cause);
  }

  /**
   * Returns the failure of arguments that do not fit together or name what does not exist.
   *
   * @param sentence what is wrong and what to do, with a place for each of the values
   */
  public static CommandFailure usage(String sentence, Object... values) {
    return new CommandFailure(ExitStatus.USAGE, sentence.formatted(values));
  }

  /** Returns the failure of a file or folder that is missing or holds something else, likewise. */
  public static CommandFailure input(String sentence, Object... values) {
    return new CommandFailure(ExitStatus.INPUT, sentence.formatted(values));
  }

  /** Returns the failure of a file that cannot be written, likewise. */
  public static CommandFailure storage(String sentence, Object... values) {
    return new CommandFailure(ExitStatus.STORAGE, sentence.formatted(values));
  }

  /** Returns this failure, with its cause for the log. */
  public CommandFailure because(Throwable cause) {
    initCause(cause);
    return this;
  }

  /** Returns what the process ends with. */
  public ExitStatus status() {
    return status;
  }
}
