package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class FailureReportTest {

  @Test
  void aFaultOfTheSoftwareShowsNothingOfTheInside() {
    CommandRun run = CommandRun.of(new Broken(new IllegalStateException("secret")));

    assertThat(run.status()).isEqualTo(ExitStatus.INTERNAL.code());
    assertThat(run.err()).contains("--verbose").doesNotContain("secret", "\tat ");
  }

  @Test
  void aCommandFailureShowsItsSentence() {
    CommandRun run = CommandRun.of(new Broken(new CommandFailure(ExitStatus.INPUT, "No file.")));

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).containsExactly("No file.");
  }

  @Command(name = "broken")
  record Broken(Exception failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }
}
