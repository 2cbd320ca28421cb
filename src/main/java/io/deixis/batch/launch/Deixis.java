package io.deixis.batch.launch;

import io.deixis.files.PrintableText;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;

/** Where the process starts. */
@QuarkusMain
public final class Deixis {

  Deixis() {}

  /** Settles what the runtime reads as it starts, then runs the command inside it. */
  public static void main(String... arguments) {
    // Numbers are read by machines and written into files: they look the same everywhere. Java 17's
    // PrintWriter.printf asks for the default of no category.
    Locale.setDefault(Locale.ROOT);
    Launch launch = Launch.of(arguments);
    StartFailure.foreseen(launch.arguments()).ifPresent(Deixis::end);
    launch.settings().forEach(System::setProperty);
    launch.greeting().ifPresent(System.out::println);
    Quarkus.run(DeixisApplication.class, Deixis::end, launch.arguments().toArray(String[]::new));
  }

  /**
   * Ends the process.
   *
   * @param code what the {@link QuarkusApplication} returned
   * @param failure why the runtime could not start, or null if it did
   */
  private static void end(int code, Throwable failure) {
    if (failure == null) {
      System.exit(code);
    }
    end(StartFailure.of(failure));
  }

  private static void end(StartFailure reason) {
    if (!FailureReport.stopping()) {
      System.err.println(PrintableText.line(reason.sentence()));
    }
    System.exit(reason.status().code());
  }
}
