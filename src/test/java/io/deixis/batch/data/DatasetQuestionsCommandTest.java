package io.deixis.batch.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.CommandRun;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallDataset;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetQuestionsCommandTest {

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeDataset() throws IOException {
    data = SmallDataset.write(folder.resolve("data"));
    out = folder.resolve("questions");
    Files.writeString(
        data.resolve("Annotations/1000.xml"),
        """
        <annotation>
          <size><width>200</width><height>100</height><depth>3</depth></size>
          <object>
            <name>1</name>
            <bndbox><xmin>11</xmin><ymin>21</ymin><xmax>61</xmax><ymax>81</ymax></bndbox>
          </object>
          <object>
            <name>2</name>
            <bndbox><xmin>111</xmin><ymin>21</ymin><xmax>161</xmax><ymax>81</ymax></bndbox>
          </object>
        </annotation>
        """);
  }

  private CommandRun run(String... more) {
    List<String> arguments = new ArrayList<>(List.of(data.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(new DatasetQuestionsCommand(), arguments.toArray(String[]::new));
  }

  @Test
  void aNumberOfImagesBelowOneIsRefused() {
    CommandRun run = run("--limit", "-1");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(run.err()).contains("'--limit'", "a whole number from 1 on, not '-1'");
    assertThat(out).doesNotExist();
  }

  @Test
  void asksByKind() throws IOException {
    Files.writeString(
        data.resolve("Sentences/1000.txt"), "[/EN#1/people A man] and [/EN#2/people a man] .\n");

    CommandRun run = run();

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("side-of-two-people: 4", "number: 2");
    GroundingDataset questions = DatasetFormat.open(out);
    assertThat(questions.split("questions")).contains("1000");
    assertThat(questions.read("1000").groundTruth())
        .filteredOn(truth -> truth.phrase().types().contains("side-of-two-people"))
        .extracting(truth -> truth.phrase().text())
        .contains("the man on the left hand side", "rightmost man in the photo");
  }

  @Test
  void asksNothingOfANounThatIsNotAccountedFor() throws IOException {
    Files.writeString(
        data.resolve("Sentences/1000.txt"),
        "[/EN#1/people A man] and [/EN#2/people a man] before [/EN#3/people a crowd] .\n");

    assertThat(run().out()).doesNotContain("side-of-two-people");
  }
}
