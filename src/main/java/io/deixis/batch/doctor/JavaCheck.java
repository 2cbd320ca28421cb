package io.deixis.batch.doctor;

/** Whether this Java runtime is new enough. */
public final class JavaCheck implements Check {

  private static final String NAME = "Java";
  private static final int OLDEST = 17;

  private final Runtime.Version version;

  /**
   * Creates the check.
   *
   * @param version the runtime to judge
   */
  public JavaCheck(Runtime.Version version) {
    this.version = version;
  }

  @Override
  public Finding run() {
    String detail =
        "%s on %s %s at %s"
            .formatted(
                version,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.home"));
    if (version.feature() < OLDEST) {
      return Finding.failed(
          NAME, detail, "Install a JDK " + OLDEST + " or newer and point JAVA_HOME at it.");
    }
    return Finding.ok(NAME, detail);
  }
}
