package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {

  @TempDir Path folder;

  @Test
  void anAbsentBundleFailsWithItsFix() {
    Finding finding = new ModelCheck(folder.resolve("absent")).run();

    assertThat(finding.state()).isEqualTo(Finding.State.FAILED);
    assertThat(finding.detail()).contains("absent");
    assertThat(finding.fix()).contains("deixis.models.directory");
  }
}
