package io.deixis.batch.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Settings that must be made before the runtime starts, because it reads them as it starts: whether
 * a port is opened, which one, and how much is logged.
 *
 * @param arguments the command line, completed: a bare start is {@code serve}
 * @param settings system properties to set
 * @param greeting a line to show at once, if the start takes a while
 */
record Launch(List<String> arguments, Map<String, String> settings, Optional<String> greeting) {

  static final String SERVE = "serve";
  static final String VERBOSE = "--verbose";

  /** Decides for the arguments of the process. */
  static Launch of(String... arguments) {
    List<String> completed = arguments.length == 0 ? List.of(SERVE) : List.of(arguments);
    Map<String, String> settings = new LinkedHashMap<>();
    boolean verbose = completed.contains(VERBOSE);
    if (verbose) {
      settings.put("quarkus.log.category.\"io.deixis\".level", "DEBUG");
    } else {
      settings.put("quarkus.log.level", "WARN");
    }
    Optional<ServeOptions> server = serverOf(completed);
    if (server.isEmpty()) {
      settings.put("quarkus.http.host-enabled", "false");
      // Standard output belongs to the answer, and a failure is one sentence on the error stream.
      settings.put("quarkus.log.console.stderr", "true");
      settings.put("quarkus.log.console.enabled", Boolean.toString(verbose));
      return new Launch(completed, settings, Optional.empty());
    }
    ServeOptions options = server.get();
    if (options.port != null) {
      settings.put("quarkus.http.port", options.port.toString());
    }
    if (options.worker) {
      settings.put("deixis.pages.enabled", "false");
    }
    return new Launch(
        completed, settings, Optional.of("Deixis is starting and loading its model …"));
  }

  /** Returns the options of a server to start, or nothing if these arguments start none. */
  private static Optional<ServeOptions> serverOf(List<String> arguments) {
    int serve = arguments.indexOf(SERVE);
    boolean first = serve >= 0 && arguments.subList(0, serve).stream().allMatch(VERBOSE::equals);
    if (!first) {
      return Optional.empty();
    }
    String[] rest =
        arguments.subList(serve + 1, arguments.size()).stream()
            .filter(argument -> !argument.equals(VERBOSE))
            .toArray(String[]::new);
    ServeOptions options = new ServeOptions();
    try {
      new CommandLine(options).parseArgs(rest);
      return Optional.of(options);
    } catch (ParameterException helpOrMistake) {
      // The command itself answers these, and needs no port to do so.
      return Optional.empty();
    }
  }
}
