package io.deixis.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.evaluation.report.ComparisonReport;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.BoxProtocol;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.GroundingScore;
import io.deixis.metrics.RecallAtK;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final int IMAGES = 120;
  private static final Box TRUTH = new Box(0, 0, 10, 10);
  private static final Box MISS = new Box(50, 50, 60, 60);
  static final List<String> IDS = IntStream.range(0, IMAGES).mapToObj(i -> "image" + i).toList();

  /** Answers in which the box of rank {@code r} is right; images vary in how hard they are. */
  static Comparison.Candidate model(String name, double skill, long seed) {
    Random hardness = new Random(1);
    Random random = new Random(seed);
    List<PhraseCase> phrases = new ArrayList<>();
    List<AbsentPhrase> absent = new ArrayList<>();
    for (String id : IDS) {
      double hard = hardness.nextDouble();
      for (int i = 0; i < 4; i++) {
        int rank = random.nextDouble() < skill * hard ? 0 : random.nextInt(12);
        List<Box> boxes = new ArrayList<>();
        List<Double> logits = new ArrayList<>();
        for (int box = 0; box < ModelEvaluation.BOXES; box++) {
          boxes.add(box == rank ? TRUTH : MISS);
          logits.add(2 - 0.7 * box + random.nextGaussian());
        }
        phrases.add(
            new PhraseCase(
                new GroundTruth(
                    id, i, new EntityPhrase("1", List.of("other"), "a thing", 0), List.of(TRUTH)),
                "a thing",
                100,
                100,
                boxes,
                logits,
                logits.get(0),
                rank == 0,
                true));
        absent.add(
            new AbsentPhrase(
                id,
                new AbsentQuestion("a unicorn", AbsentQuestion.Origin.OTHER_IMAGE, null),
                List.of(),
                random.nextGaussian()));
      }
    }
    EvaluatedSplit answers = new EvaluatedSplit(phrases, absent);
    RecallAtK recall = new RecallAtK(BoxProtocol.ANY_BOX, 1);
    phrases.forEach(
        p ->
            recall.update(
                p.truth().image(), p.truth().phrase().types(), p.truth().boxes(), p.boxes()));
    GroundingScore score =
        new GroundingScore(IMAGES, IMAGES, 0, 0, recall.compute(), recall.compute());
    return new Comparison.Candidate(
        name,
        "1",
        new ModelEvaluation.Result(score, recall.compute(), recall.compute(), List.of()),
        answers,
        new Calibration(0.9, -0.5),
        new Cost(10, 50, 80, 2, 1_000_000, 100L));
  }

  @Test
  void metricsAreThoseOfAnEvaluation() {
    Comparison.Candidate candidate = model("a", 0.6, 5);
    Comparison.Model compared = Comparison.of("val", IDS, List.of(candidate), 1).models().get(0);

    // A report judges what a request without options gets.
    List<PhraseCase> shown =
        candidate.answers().phrases().stream()
            .map(
                p ->
                    new PhraseCase(
                        p.truth(),
                        p.caption(),
                        p.width(),
                        p.height(),
                        p.boxes().subList(0, GroundingOptions.DEFAULTS.top()),
                        p.logits().subList(0, GroundingOptions.DEFAULTS.top()),
                        p.aloneLogit(),
                        p.aloneHit(),
                        p.reachable()))
            .toList();
    SplitReport report =
        SplitReport.of(
            new SplitReport.Subject("a", "1", "val", candidate.calibration(), 0.4),
            candidate.result(),
            new EvaluatedSplit(shown, candidate.answers().absent()),
            candidate.answers().absenceTable(candidate.calibration(), 0.4, 1));
    for (int i = 0; i < 3; i++) {
      Comparison.Estimate recall =
          compared.metrics().get(ImageMetric.RECALL + RecallAtK.STANDARD_KS.get(i));
      assertThat(recall.value()).isEqualTo(report.recall().anyBox().all().atK().get(i).value());
      assertThat(recall.interval())
          .isEqualTo(report.recall().anyBox().all().atK().get(i).interval());
    }
    AbsenceTable.Row others =
        candidate.answers().absenceTable(candidate.calibration(), 0.4, 1).rows().get(0);
    Comparison.Estimate auroc = compared.metrics().get(ImageMetric.AUROC + others.name());
    assertThat(auroc.value()).isEqualTo(others.auroc());
    assertThat(auroc.interval()).isEqualTo(others.aurocInterval());
    assertThat(compared.metrics().get(ImageMetric.CALIBRATION).value())
        .isCloseTo(report.scores().after().error(), within(1e-9));
    assertThat(compared.reliability().error())
        .isCloseTo(report.scores().after().error(), within(1e-9));
    compared
        .metrics()
        .values()
        .forEach(
            metric -> assertThat(metric.interval().low()).isLessThan(metric.interval().high()));
  }

  @Test
  void whatWasAskedOfOneModelAloneHasNoDifference() {
    Comparison.Candidate one = model("a", 0.4, 5);
    Comparison.Candidate other = model("b", 0.6, 5);
    List<AbsentPhrase> more = new ArrayList<>(other.answers().absent());
    more.add(
        new AbsentPhrase(
            IDS.get(0),
            new AbsentQuestion("a horn", AbsentQuestion.Origin.SIBLING, "instruments"),
            List.of(),
            0.3));
    other =
        new Comparison.Candidate(
            other.name(),
            other.version(),
            other.result(),
            new EvaluatedSplit(other.answers().phrases(), more),
            other.calibration(),
            other.cost());

    Comparison comparison = Comparison.of("val", IDS, List.of(one, other), 1);

    assertThat(comparison.differences().get(0).metrics())
        .containsKey(ImageMetric.AUROC + "phrases of other images")
        .doesNotContainKey(ImageMetric.AUROC + "siblings");
    assertThat(
            new ComparisonReport(comparison)
                .text()
                .lines()
                .filter(line -> line.startsWith("auroc, siblings")))
        .hasSize(2)
        .allMatch(line -> line.contains("–"));
  }

  @Test
  void aDifferenceIsPairedImageByImage() {
    // The same answers but for some phrases: each interval alone is wide, that of the difference
    // is not.
    Comparison comparison =
        Comparison.of("val", IDS, List.of(model("a", 0.4, 5), model("b", 0.6, 5)), 1);
    Comparison.Difference difference = comparison.differences().get(0);
    Comparison.Estimate more = difference.metrics().get("recall@1");

    assertThat(difference.model()).isEqualTo("b");
    assertThat(difference.than()).isEqualTo("a");
    assertThat(more.value())
        .isEqualTo(
            comparison.models().get(1).metrics().get("recall@1").value()
                - comparison.models().get(0).metrics().get("recall@1").value());
    assertThat(more.interval().low()).isPositive().isLessThan(more.value());
    assertThat(difference.certain())
        .contains("recall@1")
        .doesNotContain("auroc, phrases of other images");
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    Comparison comparison =
        Comparison.of("val", IDS, List.of(model("a", 0.4, 5), model("twin", 0.4, 5)), 1);

    comparison
        .differences()
        .get(0)
        .metrics()
        .values()
        .forEach(
            metric -> {
              assertThat(metric.value()).isZero();
              assertThat(metric.interval().low()).isZero();
              assertThat(metric.interval().high()).isZero();
            });
    assertThat(comparison.differences().get(0).certain()).isEmpty();
  }

  @Test
  void documentsTellAllModels() {
    Comparison comparison =
        Comparison.of("val", IDS, List.of(model("a", 0.3, 5), model("b<>", 0.9, 6)), 1);
    ComparisonReport report = new ComparisonReport(comparison);

    assertThat(report.text())
        .contains("val: 120 images, 480 phrases, 480 absent", "recall@10", "50 ms", "More than a");
    assertThat(report.json()).contains("\"auroc, phrases of other images\"", "\"photoP95\"");
  }
}
