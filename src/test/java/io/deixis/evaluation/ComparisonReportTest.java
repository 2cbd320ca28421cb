package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.evaluation.report.ComparisonReport;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ComparisonReportTest {

  @Test
  void thePageStandsByItself() {
    Comparison comparison =
        Comparison.of(
            "val",
            ComparisonTest.IDS,
            List.of(ComparisonTest.model("a", 0.3, 5), ComparisonTest.model("b<>", 0.9, 5)),
            1);

    assertThat(new ComparisonReport(comparison).html())
        .contains("b&lt;&gt;", "More than a", "Recall@1 by entity type", "<svg", "class=\"main\"")
        .doesNotContain("b<>", "src=", "href=");
  }
}
