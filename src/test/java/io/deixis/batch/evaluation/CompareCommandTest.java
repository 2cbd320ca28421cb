package io.deixis.batch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.SmallBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  @TempDir Path folder;
  private ActiveModel models;

  @BeforeEach
  void prepare() throws IOException {
    new SyntheticDataset(1, 3, 0, 3).write(folder.resolve("data"));
    models = SmallModels.write(folder.resolve("models"));
    SmallBundle.write(folder.resolve("models"), "other");
  }

  private CommandRun compare(String... more) {
    String[] arguments =
        Stream.concat(
                List.of("--data", folder.resolve("data").toString(), "--timed=1").stream(),
                List.of(more).stream())
            .toArray(String[]::new);
    return CommandRun.of(new CompareCommand(models), arguments);
  }

  @Test
  void modelsStandSideBySide() throws IOException {
    CommandRun run = compare("small", "other", "--json");

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("images").asInt()).isEqualTo(3);
    assertThat(json.path("models").findValuesAsText("name")).containsExactly("small", "other");
    assertThat(json.path("models").get(0).path("cost").path("photoP50").asDouble()).isPositive();
    assertThat(
            json.path("models").get(0).path("metrics").path("recall@10").path("value").asDouble())
        .isBetween(0.0, 1.0);
    // The same weights under another name do not differ.
    assertThat(
            json.path("differences")
                .get(0)
                .path("metrics")
                .path("recall@1")
                .path("value")
                .asDouble())
        .isZero();
  }

  @Test
  void aModelThatIsNotThereIsToldBeforeAnyRuns() {
    CommandRun run = compare("small", "absent");

    assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE.code());
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains("absent");
  }
}
