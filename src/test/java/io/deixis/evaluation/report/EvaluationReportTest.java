package io.deixis.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.evaluation.Cases;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.PhraseCase;
import io.deixis.evaluation.SplitReport;
import io.deixis.metrics.BoxProtocol;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.RecallAtK;
import io.deixis.metrics.RecallTable;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EvaluationReportTest {

  private static final String HOSTILE = "<script>alert(1)</script> & \"more\"";

  @Test
  void documentHoldsTheFigures() throws Exception {
    JsonNode json = new ObjectMapper().readTree(report(Cases.many()).json());

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "model",
            "version",
            "split",
            "calibration",
            "threshold",
            "recall",
            "candidates",
            "every",
            "scores",
            "absence",
            "absent",
            "outcomes",
            "outcomesByType");
    assertThat(json.at("/recall/anyBox/all/atK/0/value").asDouble()).isEqualTo(113 / 160.0);
    assertThat(json.at("/outcomes/HIT").asInt()).isEqualTo(113);
    assertThat(json.at("/outcomes/LOOSE_BOX").asInt()).isEqualTo(20);
    assertThat(json.at("/outcomesByType/animals/WRONG_OBJECT").asInt()).isEqualTo(27);
    assertThat(json.at("/scores/natural/matrix/precision").isNumber()).isTrue();
    assertThat(json.at("/scores/balanced/f1").isNumber()).isTrue();
    assertThat(json.at("/scores/curve")).hasSize(101);
    assertThat(json.at("/scores/after/bins")).hasSize(10);
    assertThat(json.at("/absence/auroc").asDouble()).isBetween(0.5, 1.0);
  }

  @Test
  void sameAnswersGiveTheSameBytes() {
    assertThat(report(Cases.many()).json()).isEqualTo(report(Cases.many()).json());
    assertThat(report(Cases.many()).json()).doesNotContainPattern("\\d\\.\\d{7}");
  }

  @Test
  void pageNeedsNoOtherFile() {
    String page = report(Cases.many()).html(3, id -> Optional.empty());

    assertThat(page).contains("deixis-test 1 on val", ".chart-key", "Confusion matrix");
    assertThat(page).doesNotContain("src=", "url(", "<link", "<script", "NOT_FOUND", "<image");
    assertThat(count(page, "<svg class=\"chart\"")).isEqualTo(5);
  }

  @Test
  void galleryShowsTheWorstOfEachTypeAndOutcomeFirst() {
    Gallery gallery = Gallery.of(Cases.many(), Calibration.IDENTITY, 2, id -> Optional.empty());

    assertThat(gallery.cases())
        .extracting(GalleryCase::outcome)
        .containsExactly(
            "wrong object", "wrong object", "loose box", "loose box", "hit", "hit", "hit", "hit");
    // the surest of the wrong ones, at a logit of 78 / 20 - 3
    assertThat(gallery.cases().get(0).figures()).isEqualTo("IoU 0.00, score 0.71");
    assertThat(gallery.cases().get(0).classes()).isEqualTo("outcome-wrong-object type-0");
    assertThat(gallery.types())
        .extracting(Gallery.Filter::title)
        .containsExactly("animals", "people");
  }

  @Test
  void captionsStayText() {
    PhraseCase phrase = Cases.phrase("people", HOSTILE, Cases.TRUTH, 1);
    PhraseCase other = Cases.phrase("people", "a man", Cases.ELSEWHERE, 0);
    String page =
        report(new EvaluatedSplit(List.of(phrase, other), List.of()))
            .html(3, id -> Optional.empty());

    assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)");
    assertThat(page).doesNotContain("Absent phrases");
  }

  @Test
  void aPhotoIsEmbeddedOnceForAllItsCases() {
    String page = report(Cases.many()).html(3, id -> Optional.of("data:image/gif;base64,R0lG"));

    assertThat(count(page, "data:image/gif;base64,R0lG")).isEqualTo(1);
    assertThat(count(page, "<use href=\"#photo-0\"")).isEqualTo(12);
  }

  private static int count(String text, String part) {
    return (int) Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }

  @Test
  void showsTheCurvesOfTheTraining() {
    List<String> training =
        List.of(
            "stage,epoch,step,loss,accuracy,held-out_recall@1",
            "proposals,1,2,4.5,,",
            "matching,1,1,4.25,0.5,",
            "matching,1,2,3.5,0.625,",
            "matching,1,2,,,0.5");

    String page = report(Cases.many(), training).html(3, id -> Optional.empty());

    assertThat(page).contains("proposals, 2 steps", "matching, 2 steps", "Recall@1 on held-out");
    // loss of one stage; loss, recall and accuracy of the other
    assertThat(count(page, "<svg class=\"chart\"")).isEqualTo(5 + 1 + 3);
    assertThat(report(Cases.many()).html(3, id -> Optional.empty()))
        .doesNotContain("<h2>Training</h2>");
  }

  private static EvaluationReport report(EvaluatedSplit answers) {
    return report(answers, List.of());
  }

  private static EvaluationReport report(EvaluatedSplit answers, List<String> training) {
    List<RecallTable> tables = new ArrayList<>();
    for (BoxProtocol protocol : BoxProtocol.values()) {
      RecallAtK recall = new RecallAtK(protocol, 1);
      answers
          .phrases()
          .forEach(
              phrase ->
                  recall.update(
                      phrase.truth().image(),
                      phrase.truth().phrase().types(),
                      phrase.truth().boxes(),
                      phrase.boxes()));
      tables.add(recall.compute());
    }
    Calibration calibration = new Calibration(0.7, 0.1);
    return new EvaluationReport(
        SplitReport.of(
            new SplitReport.Subject("deixis-test", "1", "val", calibration, 0.4),
            new ModelEvaluation.Result(
                new GroundingScore(1, 1, 0, 0, tables.get(0), tables.get(1)),
                tables.get(0),
                tables.get(2),
                List.of()),
            answers,
            answers.absenceTable(calibration, 0.4, 1)),
        answers,
        training);
  }
}
