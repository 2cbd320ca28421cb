package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.evaluation.report.PlainText;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbsenceTableTest {

  private static final RecallTable.Recall PRESENT = recall(3000, 4000, 0.7, 0.8);

  private static final AbsenceTable.Row LONG_NAME =
      new AbsenceTable.Row(
          "phrases of persons of the other sex, wherever they are",
          1234,
          0.8765,
          new Interval(0.85, 0.9),
          recall(1, 4, 0.2, 0.3));

  @Test
  void columnsStandBelowEachOtherWhateverTheNames() {
    List<String> lines = PlainText.of(table(null)).lines().toList();

    assertThat(lines.subList(0, 4)).extracting(String::length).containsOnly(lines.get(0).length());
    assertThat(lines.get(2))
        .contains(LONG_NAME.name() + " |   1,234 | 0.877 |")
        .contains("| 0.850 to 0.900 |")
        .contains("|          25.0 | 20.0 to 30.0 |");
    assertThat(lines.get(3)).contains("|          75.0 | 70.0 to 80.0 |");
    assertThat(lines).last().isEqualTo("A phrase is said to be found from score 0.250.");
  }

  @Test
  void tellsOfManAndWomanWhereTheyWereAskedFor() {
    assertThat(PlainText.of(table(recall(640, 1000, 0.6, 0.68))))
        .contains("right for 64.0 % of 1,000 phrases (95 %: 60.0 to 68.0)");
  }

  private static AbsenceTable table(RecallTable.Recall bothSexes) {
    return new AbsenceTable(0.25, PRESENT, List.of(LONG_NAME), bothSexes);
  }

  private static RecallTable.Recall recall(int hits, int phrases, double low, double high) {
    return new RecallTable.Recall(hits, phrases, new Interval(low, high));
  }
}
