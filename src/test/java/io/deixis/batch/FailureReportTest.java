package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

class FailureReportTest {

  @Test
  void aFaultOfTheSoftwareShowsNothingOfTheInside() {
    CommandRun run = failing(new IllegalStateException("secret"));

    assertThat(run.status()).isEqualTo(ExitStatus.INTERNAL.code());
    assertThat(run.err()).contains("--verbose").doesNotContain("secret", "\tat ");
  }

  @Test
  void aCommandFailureShowsItsSentence() {
    CommandRun run = failing(new CommandFailure(ExitStatus.INPUT, "No file."));

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).containsExactly("No file.");
  }

  private static CommandRun failing(Exception failure) {
    Callable<Integer> command =
        () -> {
          throw failure;
        };
    return CommandRun.of(CommandSpec.wrapWithoutInspection(command));
  }
}
