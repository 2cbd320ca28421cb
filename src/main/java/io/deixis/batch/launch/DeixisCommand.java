package io.deixis.batch.launch;

import io.deixis.batch.ExitStatus;
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
import io.deixis.grounding.Threshold;
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
        .registerConverter(double.class, DeixisCommand::number)
        .registerConverter(Double.class, DeixisCommand::number)
        .setExpandAtFiles(false) // a phrase may begin with @
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /** Reads a number as requests do, without the suffixes and the hexadecimal form of Java. */
  private static double number(String text) {
    try {
      return Threshold.decimal(text).doubleValue();
    } catch (NumberFormatException notANumber) {
      throw new TypeConversionException("'%s' is not a number".formatted(text));
    }
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitStatus.values())
        .forEach(status -> codes.put(" " + status.code(), status.meaning()));
    return codes;
  }
}
