package io.deixis.batch.launch;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.dataset.DatasetException;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.MemoryShortage;
import io.deixis.files.PrintableText;
import io.deixis.grounding.GroundingException;
import io.deixis.training.work.TrainingException;
import java.io.PrintWriter;
import java.util.Optional;
import org.jboss.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what goes wrong in a command into one sentence on the error stream and an exit code. Stack
 * traces go to the log alone, which shows them with {@code --verbose}.
 */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final Logger LOG = Logger.getLogger(FailureReport.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    return report(failure, command);
  }

  /** Tells what a command failed of, and returns the exit code. */
  int report(Throwable failure, CommandLine command) {
    LOG.debug("The command failed", failure);
    if (stopping()) {
      return ExitStatus.TERMINATED.code(); // whatever is said here, the signal decides
    }
    Reason reason = Reason.of(failure);
    command
        .getErr()
        .println(command.getColorScheme().errorText(PrintableText.line(reason.sentence)));
    return reason.status.code();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText(PrintableText.line(failure.getMessage())));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("See '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return ExitStatus.USAGE.code();
  }

  /**
   * Returns whether the process was asked to end: what fails now fails because its parts are
   * closed, which is nobody's fault.
   */
  static boolean stopping() {
    Thread probe = new Thread();
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException shutdownHasBegun) {
      return true;
    }
  }

  /** The sentence for the person at the terminal, and the exit code. */
  private record Reason(ExitStatus status, String sentence) {

    static Reason of(Throwable failure) {
      ExitStatus status = statusOf(failure);
      if (status == ExitStatus.MEMORY) {
        return new Reason(status, failure.getMessage());
      }
      // What memory did not suffice to load or do is neither broken nor a fault.
      Optional<MemoryShortage> shortage = MemoryShortage.of(failure);
      if (shortage.isPresent()) {
        return new Reason(ExitStatus.MEMORY, shortage.get().sentence());
      }
      return new Reason(
          status,
          status == ExitStatus.INTERNAL
              ? "Deixis met a fault of its own (%s); run it again with --verbose to log it."
                  .formatted(failure.getClass().getSimpleName())
              : failure.getMessage());
    }
  }

  private static ExitStatus statusOf(Throwable failure) {
    if (failure instanceof CommandFailure known) {
      return known.status();
    }
    if (failure instanceof GroundingException refused) {
      return ExitStatus.of(refused.reason());
    }
    if (failure instanceof TrainingException stopped) {
      return ExitStatus.of(stopped.reason());
    }
    if (failure instanceof DatasetException unusable) {
      return ExitStatus.of(unusable.reason());
    }
    if (failure instanceof EngineException) {
      return failure instanceof EngineException.NoSuchDeviceException
          ? ExitStatus.DEVICE
          : ExitStatus.UNAVAILABLE;
    }
    if (failure instanceof BundleException) {
      return ExitStatus.UNAVAILABLE;
    }
    return ExitStatus.INTERNAL;
  }
}
