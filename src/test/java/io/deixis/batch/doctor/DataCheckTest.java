package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.SmallDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {

  private static final List<String> SPLITS = List.of("train", "val");

  @TempDir Path folder;

  @BeforeEach
  void writeData() throws IOException {
    SmallDataset.write(folder);
  }

  @Test
  void acceptsACompleteFolder() {
    Finding finding = new DataCheck(folder, SPLITS).run();

    assertThat(finding.state()).isEqualTo(Finding.State.OK);
    assertThat(finding.detail()).startsWith("1 train, 1 val");
  }

  @Test
  void missesImages() throws IOException {
    Files.delete(folder.resolve("images/1000.jpg"));

    assertThat(new DataCheck(folder, SPLITS).run().state()).isEqualTo(Finding.State.FAILED);
  }

  @Test
  void missesASplit() throws IOException {
    Files.delete(folder.resolve("val.txt"));

    Finding finding = new DataCheck(folder, SPLITS).run();

    assertThat(finding.state()).isEqualTo(Finding.State.FAILED);
    assertThat(finding.detail()).contains("val.txt");
  }

  @Test
  void findsABrokenAnnotation() throws IOException {
    Files.writeString(folder.resolve("Annotations/1000.xml"), "<annotation>");

    assertThat(new DataCheck(folder, SPLITS).run().detail()).contains("1000.xml");
  }
}
