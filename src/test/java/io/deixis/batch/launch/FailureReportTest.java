package io.deixis.batch.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.engine.bundle.BundleException;
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

  @Test
  void whatMemoryDidNotSufficeForIsNotBroken() {
    CommandRun run =
        failing(
            new BundleException(
                "The folder is damaged",
                "restore it",
                new ai.djl.engine.EngineException("can't allocate memory: 5 bytes")));

    assertThat(run.status()).isEqualTo(ExitStatus.MEMORY.code());
    assertThat(run.err().lines()).singleElement().asString().contains("memory", "device");
  }

  private static CommandRun failing(Exception failure) {
    Callable<Integer> command =
        () -> {
          throw failure;
        };
    return CommandRun.of(CommandSpec.wrapWithoutInspection(command));
  }
}
