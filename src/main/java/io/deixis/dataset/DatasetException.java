package io.deixis.dataset;

/**
 * Data that cannot be read or written. The message is one sentence that names the file and what to
 * do.
 */
public final class DatasetException extends RuntimeException {

  /**
   * Creates the exception.
   *
   * @param message one sentence: what is wrong and what to do
   */
  public DatasetException(String message) {
    super(message);
  }

  /** As the other constructor, with the cause for the log. */
  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
