package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.evaluation.report.PlainText;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AbsenceTallyTest {

  @Test
  void theAreaIsThatOfAllPhrasesTogether() {
    AbsenceTally tally = new AbsenceTally(0.5);
    Auroc auroc = new Auroc();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      double present = Math.round(100 * (0.3 + 0.7 * random.nextDouble())) / 100.0;
      double absent = Math.round(100 * 0.8 * random.nextDouble()) / 100.0;
      tally.present("image" + i % 50, present);
      tally.absent("siblings", "image" + i % 50, absent);
      auroc.update(present, true);
      auroc.update(absent, false);
    }

    AbsenceTable.Row row = tally.compute(null, 1).rows().get(0);

    assertThat(row.auroc()).isCloseTo(auroc.compute(), within(1e-12));
    assertThat(row.aurocInterval().low()).isBetween(row.auroc() - 0.06, row.auroc());
    assertThat(row.aurocInterval().high()).isBetween(row.auroc(), row.auroc() + 0.06);
    assertThat(tally.compute(null, 1)).isEqualTo(tally.compute(null, 1));
  }

  @Test
  void aScoreAtTheThresholdIsFound() {
    AbsenceTally tally = new AbsenceTally(0.5);
    tally.present("1", 0.5);
    tally.present("2", 0.49);
    tally.absent("other", "1", 0.5);
    tally.absent("other", "2", 0.1);
    tally.absent("other", "3", 0.1);
    tally.absent("other", "3", 0.1);

    AbsenceTable table = tally.compute(null, 1);

    assertThat(table.present().hits()).isEqualTo(1);
    assertThat(table.present().phrases()).isEqualTo(2);
    assertThat(table.rows().get(0).found().hits()).isEqualTo(1);
    assertThat(table.rows().get(0).phrases()).isEqualTo(4);
  }

  @Test
  void imagesAreDrawnWhole() {
    AbsenceTally tally = new AbsenceTally(0.5);
    for (int i = 0; i < 50; i++) {
      tally.present("told", 0.9);
      tally.absent("other", "told", 0.1);
      tally.present("confused", 0.1);
      tally.absent("other", "confused", 0.9);
    }

    assertThat(tally.compute(null, 1).rows().get(0).aurocInterval()).isEqualTo(new Interval(0, 1));
  }

  @Test
  void theTextIsATableInMarkdown() {
    AbsenceTally tally = new AbsenceTally(0.5);
    tally.present("1", 0.9);
    tally.absent("siblings", "1", 0.2);

    String text =
        PlainText.of(tally.compute(new RecallTable.Recall(3, 4, new Interval(0.5, 1)), 1));

    assertThat(text.lines().limit(4)).allMatch(line -> line.startsWith("| ") && line.endsWith("|"));
    assertThat(text)
        .containsPattern("\\| siblings +\\| +1 \\| 1\\.000 \\|")
        .contains("the images' own phrases", "found from score 0.500", "75.0 % of 4 phrases");
  }

  @Test
  void withoutPhrasesThereIsNoRow() {
    AbsenceTally tally = new AbsenceTally(0.5);
    tally.absent("siblings", "1", 0.2);

    assertThat(tally.compute(null, 1).rows()).isEmpty();
    assertThat(new AbsenceTally(0.5).compute(null, 1).present().phrases()).isZero();
  }
}
