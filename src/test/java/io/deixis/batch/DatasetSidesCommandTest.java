package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSidesCommandTest {

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeDataset() throws IOException {
    data = SmallDataset.write(folder.resolve("data"));
    out = folder.resolve("sides");
  }

  private CommandRun run() {
    return CommandRun.of(new DatasetSidesCommand(), data.toString(), "--out", out.toString());
  }

  @Test
  void writesADatasetOfQuestions() throws IOException {
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
    Files.writeString(
        data.resolve("Sentences/1000.txt"), "[/EN#1/people A man] and [/EN#2/people a girl] .\n");

    CommandRun run = run();

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("two-people: 1 images, 2 questions", "more-people: 0 images, 0 questions");
    GroundingDataset sides = DatasetFormat.open(out);
    assertThat(sides.split("two-people")).containsExactly("1000");
    assertThat(sides.split("more-people")).isEmpty();
    assertThat(sides.read("1000").groundTruth())
        .extracting(truth -> truth.phrase().text())
        .containsExactly("the person on the left", "the person on the right");
    assertThat(sides.read("1000").boxes()).isEqualTo(DatasetFormat.open(data).read("1000").boxes());
    assertThat(sides.image("1000")).hasSameBinaryContentAs(data.resolve("images/1000.jpg"));
  }

  @Test
  void writesNothingWhereNobodyCanBeAskedFor() {
    CommandRun run = run();

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("two people clearly apart", "--from");
    assertThat(out).doesNotExist();
  }

  @Test
  void tellsOfAPhotoThatIsMissing() throws IOException {
    writesADatasetOfQuestions();
    Files.delete(data.resolve("images/1000.jpg"));
    out = folder.resolve("again");

    CommandRun run = run();

    assertThat(run.status()).isEqualTo(ExitStatus.INPUT.code());
    assertThat(run.err()).contains("1000.jpg is missing");
  }
}
