package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  @TempDir Path folder;

  @Test
  void aReportThatCannotBeWrittenStopsBeforeTheModelIsLoaded() throws IOException {
    SmallDataset.write(folder);
    Path file = Files.createFile(folder.resolve("taken"));

    CommandRun run =
        CommandRun.of(
            new EvaluateCommand(null, new ObjectMapper()),
            "--data",
            folder.toString(),
            "--report",
            file.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("taken", "--report");
  }
}
