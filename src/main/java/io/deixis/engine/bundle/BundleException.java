package io.deixis.engine.bundle;

/** A model bundle that cannot be used. The message says what is wrong and what mends it. */
public final class BundleException extends RuntimeException {

  private final String problem;
  private final String remedy;
  private boolean absent;

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

  /** Returns the exception that there is no bundle at all in a folder, by its path. */
  public static BundleException absent(Object directory) {
    BundleException exception =
        new BundleException(
            "There is no model bundle at " + directory,
            "set deixis.models.directory to the folder that holds it, or train one with"
                + " `deixis train`.");
    exception.absent = true;
    return exception;
  }

  /** Returns whether there is no bundle, rather than one that is broken. */
  public boolean isAbsent() {
    return absent;
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
