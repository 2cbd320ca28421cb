package io.deixis.engine.torch;

/** The engine cannot be used; the message is one sentence: what is wrong and what mends it. */
public final class EngineException extends RuntimeException {

  /** Creates the exception. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
