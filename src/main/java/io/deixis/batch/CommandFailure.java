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
    this(status, message, null);
  }

  /** As the other constructor, with the cause for the log. */
  public CommandFailure(ExitStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns what the process ends with. */
  public ExitStatus status() {
    return status;
  }
}
