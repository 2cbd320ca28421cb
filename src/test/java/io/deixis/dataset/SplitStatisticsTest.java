package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class SplitStatisticsTest {

  @Test
  void countsWhatCanBeCountedByHand() {
    SplitStatistics statistics = SplitStatistics.of(HandMadeDataset.open(), "test");

    assertThat(statistics.images()).isEqualTo(2);
    assertThat(statistics.sentences()).isEqualTo(5);
    assertThat(statistics.phrases()).isEqualTo(8);
    assertThat(statistics.groundedPhrases()).isEqualTo(5);
    assertThat(statistics.groundedSentences()).isEqualTo(4);
    assertThat(statistics.phrasesWithSeveralBoxes()).isEqualTo(2);
    assertThat(statistics.severalBoxesShare()).isEqualTo(0.4);
    assertThat(statistics.boxes()).isEqualTo(6);
    assertThat(statistics.groundedPhrasesByType())
        .containsExactly(
            entry("animals", 2), entry("other", 2), entry("clothing", 1), entry("people", 1));
  }
}
