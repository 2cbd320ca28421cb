package io.deixis.batch.launch;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
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
    if (FailureReport.stopping()) {
      return ExitStatus.TERMINATED.code(); // told to end while the runtime started: nothing begins
    }
    CommandLine commandLine = DeixisCommand.commandLine(factory);
    try {
      return written(commandLine.execute(arguments), commandLine);
    } catch (OutOfMemoryError e) {
      return new FailureReport().report(e, commandLine);
    } finally {
      commandLine.getOut().flush();
      commandLine.getErr().flush();
    }
  }

  /** Returns the exit code, which is no success if the answer could not be written. */
  private static int written(int code, CommandLine commandLine) {
    commandLine.getOut().flush();
    if (code != ExitStatus.OK.code() || !System.out.checkError() || readerHasGone()) {
      return code;
    }
    return new FailureReport()
        .report(
            CommandFailure.storage(
                "The answer cannot be written to the standard output; make room on its disk, or"
                    + " send it elsewhere."),
            commandLine);
  }

  /** Returns whether who read the answer wanted no more of it, as {@code head} does. */
  @SuppressWarnings("resource") // standard output is not ours to close
  private static boolean readerHasGone() {
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
      return false;
    } catch (IOException e) {
      return "Broken pipe".equals(e.getMessage());
    }
  }
}
