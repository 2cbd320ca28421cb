package io.deixis.engine.bundle;

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
}
