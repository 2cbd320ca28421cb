package io.deixis.batch;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import picocli.CommandLine;

/** Runs one command inside the started runtime, which injects what the commands need. */
@Dependent
public class DeixisApplication implements QuarkusApplication {

  private final CommandLine.IFactory factory;

  DeixisApplication(CommandLine.IFactory factory) {
    this.factory = factory;
  }

  @Override
  public int run(String... arguments) {
    CommandLine commandLine = DeixisCommand.commandLine(factory);
    try {
      return commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      commandLine.getErr().println(FailureReport.memorySentence());
      return ExitStatus.MEMORY.code();
    } finally {
      commandLine.getOut().flush();
      commandLine.getErr().flush();
    }
  }
}
