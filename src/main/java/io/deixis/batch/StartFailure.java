package io.deixis.batch;

import io.deixis.engine.torch.MemoryShortage;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Why the runtime could not start, for the person at the terminal.
 *
 * @param status what the process ends with
 * @param sentence what is wrong and what to do
 */
record StartFailure(ExitStatus status, String sentence) {

  private static final Logger LOG = Logger.getLogger(StartFailure.class);

  /** Reads the reason from what the runtime threw. */
  static StartFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof QuarkusBindException taken) {
        return new StartFailure(
            ExitStatus.UNAVAILABLE,
            "Port %d is taken by another program; stop that one, or choose another port with --port N."
                .formatted(taken.getPort()));
      }
      if (cause instanceof ConfigValidationException || cause instanceof ConfigurationException) {
        return new StartFailure(
            ExitStatus.USAGE, "The configuration cannot be used: " + cause.getMessage());
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
}
