package io.deixis.batch.launch;

import io.deixis.batch.ExitStatus;
import io.deixis.engine.torch.MemoryShortage;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Why the runtime could not start, for the person at the terminal.
 *
 * @param status what the process ends with
 * @param sentence what is wrong and what to do
 */
record StartFailure(ExitStatus status, String sentence) {

  private static final Logger LOG = Logger.getLogger(StartFailure.class);

  /** What begins the messages of the library that reads the configuration. */
  private static final Pattern CODE = Pattern.compile("SRCFG\\d{5}: ?");

  /** What a letter becomes that the locale's encoding has not. */
  private static final String UNKNOWN_LETTER = "\uFFFD";

  /**
   * Returns what would go wrong in a way that is hard to understand; nothing if all is well.
   *
   * @param arguments the command line
   */
  static Optional<StartFailure> foreseen(List<String> arguments) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!encoding.equals("UTF-8") && arguments.stream().anyMatch(a -> a.contains(UNKNOWN_LETTER))) {
      return Optional.of(
          new StartFailure(
              ExitStatus.USAGE,
              "An argument has letters that the locale's encoding, %s, has not; set LC_ALL=C.UTF-8 or another locale of UTF-8."
                  .formatted(encoding)));
    }
    return temporaryFolder(System.getProperty("java.io.tmpdir"));
  }

  /** Returns what is wrong with the folder for temporary files. */
  static Optional<StartFailure> temporaryFolder(String folder) {
    try {
      Files.delete(Files.createTempFile(Path.of(folder), "deixis", null));
      return Optional.empty();
    } catch (IOException | InvalidPathException unwritable) {
      return Optional.of(
          new StartFailure(
              ExitStatus.STORAGE,
              "Temporary files cannot be written into \"%s\"; make room there, or name another folder with JAVA_OPTS=-Djava.io.tmpdir=DIR."
                  .formatted(folder)));
    }
  }

  /** Reads the reason from what the runtime threw. */
  static StartFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<StartFailure> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Optional<MemoryShortage> shortage = MemoryShortage.of(failure);
    if (shortage.isPresent()) {
      return new StartFailure(ExitStatus.MEMORY, shortage.get().sentence());
    }
    LOG.debug("The runtime failed to start", failure);
    return new StartFailure(
        ExitStatus.INTERNAL,
        "Deixis could not start (%s); run it again with --verbose to log the reason."
            .formatted(failure.getClass().getSimpleName()));
  }

  private static Optional<StartFailure> known(Throwable cause) {
    if (cause instanceof QuarkusBindException taken) {
      return Optional.of(
          new StartFailure(
              ExitStatus.UNAVAILABLE,
              "Port %d is taken by another program; stop that one, or choose another port with --port N."
                  .formatted(taken.getPort())));
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), "");
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of(
          unusable(
              "there is no host as quarkus.http.host names it; use an address of this machine"));
    }
    if (cause instanceof SocketException) {
      return Optional.of(
          unusable(
              "the address of quarkus.http.host and quarkus.http.port cannot be opened (%s); choose another"
                  .formatted(message)));
    }
    if (cause instanceof IllegalArgumentException && message.contains("port")) {
      return Optional.of(
          unusable("a port is a whole number from 0 to 65535 (quarkus.http.port, --port N)"));
    }
    if (cause instanceof ConfigValidationException
        || cause instanceof ConfigurationException
        || CODE.matcher(message).find()) {
      return Optional.of(
          unusable(CODE.matcher(message).replaceAll("").strip().replaceAll("\\s+", " ")));
    }
    return Optional.empty();
  }

  private static StartFailure unusable(String why) {
    return new StartFailure(ExitStatus.USAGE, "The configuration cannot be used: " + why);
  }
}
