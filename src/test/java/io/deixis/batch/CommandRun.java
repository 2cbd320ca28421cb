package io.deixis.batch;

import io.deixis.batch.launch.DeixisCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One execution of a command line.
 *
 * @param status the exit code
 * @param out what went to standard output
 * @param err what went to the error stream
 */
public record CommandRun(int status, String out, String err) {

  /** Executes {@code command} as the whole command line would. */
  public static CommandRun of(Object command, String... arguments) {
    return of(new CommandLine(command), arguments);
  }

  /** Runs a command line with these arguments. */
  public static CommandRun of(CommandLine command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        DeixisCommand.prepared(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
