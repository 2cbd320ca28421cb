package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void aSentenceIsCutIntoWhatIsWrongAndWhatMendsIt() {
    Finding finding = Finding.failed("Model", "The file is gone; restore it; then try again.");

    assertThat(finding.detail()).isEqualTo("The file is gone");
    assertThat(finding.fix()).isEqualTo("Restore it; then try again.");
  }

  @Test
  void aSentenceWithoutAFixStaysWhole() {
    Finding finding = Finding.failed("Model", "The file is gone.");

    assertThat(finding.detail()).isEqualTo("The file is gone.");
    assertThat(finding.fix()).isNull();
  }
}
