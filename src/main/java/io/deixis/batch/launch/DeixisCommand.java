package io.deixis.batch.launch;

import io.deixis.batch.DecimalNumber;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.WholeNumber;
import io.deixis.batch.bundle.BundleCommand;
import io.deixis.batch.data.DatasetCommand;
import io.deixis.batch.doctor.DoctorCommand;
import io.deixis.batch.evaluation.CalibrateCommand;
import io.deixis.batch.evaluation.CompareCommand;
import io.deixis.batch.evaluation.EvaluateCommand;
import io.deixis.batch.evaluation.ScoreCommand;
import io.deixis.batch.evaluation.SweepCommand;
import io.deixis.batch.ground.GroundCommand;
import io.deixis.batch.ground.LabelCommand;
import io.deixis.batch.training.TrainCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line as a whole: what is shared by all commands. */
@Command(
    name = "deixis",
    description = "Grounds phrases in photos: an image and phrases in, scored boxes out.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      GroundCommand.class,
      LabelCommand.class,
      DoctorCommand.class,
      DatasetCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      ScoreCommand.class,
      SweepCommand.class,
      CalibrateCommand.class,
      BundleCommand.class
    })
public class DeixisCommand {

  @Option(
      names = Launch.VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Log what happens, faults with their stack traces included.")
  boolean verbose;

  /**
   * Returns the command line, ready to execute.
   *
   * @param factory makes the commands
   */
  public static CommandLine commandLine(CommandLine.IFactory factory) {
    CommandLine commandLine = prepared(new CommandLine(DeixisCommand.class, factory));
    commandLine
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    return commandLine;
  }

  /** Returns {@code commandLine}, made to report failures as all commands do. */
  public static CommandLine prepared(CommandLine commandLine) {
    FailureReport failures = new FailureReport();
    return commandLine
        .registerConverter(int.class, new WholeNumber.Any())
        .registerConverter(Integer.class, new WholeNumber.Any())
        .registerConverter(long.class, DeixisCommand::number)
        .registerConverter(Path.class, DeixisCommand::path)
        .registerConverter(double.class, new DecimalNumber.Any())
        .registerConverter(Double.class, new DecimalNumber.Any())
        .setExpandAtFiles(false) // a phrase may begin with @
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new TypeConversionException(
          "a whole number of at most %d, not '%s'".formatted(Long.MAX_VALUE, text));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException noPath) {
      throw new TypeConversionException("no file can be called '%s'".formatted(text));
    }
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitStatus.values())
        .forEach(status -> codes.put(" " + status.code(), status.meaning()));
    return codes;
  }
}
