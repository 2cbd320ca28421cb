package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void aFixIsASentence() {
    Finding finding = Finding.failed("Model", "The file is gone; it was moved", "restore it");

    assertThat(finding.detail()).isEqualTo("The file is gone; it was moved");
    assertThat(finding.fix()).isEqualTo("Restore it.");
    assertThat(Finding.failed("Model", "It is gone", "Restore it.").fix()).isEqualTo("Restore it.");
  }
}
