package io.deixis.training.monitor;

/** A training that cannot go on; the message is one sentence: what is wrong and what mends it. */
public final class TrainingException extends RuntimeException {

  /** Creates the exception. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
