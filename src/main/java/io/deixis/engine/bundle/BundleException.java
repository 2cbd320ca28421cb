package io.deixis.engine.bundle;

/** A model bundle that cannot be used. The message says what is wrong and what mends it. */
public final class BundleException extends RuntimeException {

  private final String problem;
  private final String remedy;

  /**
   * Creates the exception.
   *
   * @param problem what is wrong, as the beginning of a sentence
   * @param remedy what mends it, as the end of that sentence
   */
  public BundleException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /** Creates the exception with the cause for the log. */
  public BundleException(String problem, String remedy, Throwable cause) {
    super(problem + "; " + remedy + (remedy.endsWith(".") ? "" : "."), cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Returns what is wrong. */
  public String problem() {
    return problem;
  }

  /** Returns what mends it. */
  public String remedy() {
    return remedy;
  }
}
