package io.deixis.batch.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSplitCommandTest {

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void draw() {
    data = folder.resolve("data");
    new SyntheticDataset(20, 1, 1, 5).write(data);
  }

  @Test
  void everyImageIsInOneOfTheNewLists() {
    CommandRun run =
        CommandRun.of(new DatasetSplitCommand(), data.toString(), "--into", "fit=0.75,check=0.25");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("train: 20 images", "fit: ", "check: ");
    GroundingDataset dataset = DatasetFormat.open(data);
    List<String> fit = dataset.split("fit");
    List<String> check = dataset.split("check");
    assertThat(Stream.concat(fit.stream(), check.stream()))
        .containsExactlyInAnyOrderElementsOf(dataset.split("train"));
    assertThat(check).hasSizeBetween(3, 7);
  }

  @Test
  void leavesAListThatIsThereAlone() throws IOException {
    String before = Files.readString(data.resolve("val.txt"));

    CommandRun run =
        CommandRun.of(new DatasetSplitCommand(), data.toString(), "--into", "val=0.5,other=0.5");

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("val.txt is there already");
    assertThat(data.resolve("val.txt")).hasContent(before);
    assertThat(data.resolve("other.txt")).doesNotExist();
  }

  @Test
  void refusesSharesThatAreNoShares() {
    CommandRun run =
        CommandRun.of(new DatasetSplitCommand(), data.toString(), "--into", "fit=0.75,check=0.5");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("add up to 1");
  }
}
