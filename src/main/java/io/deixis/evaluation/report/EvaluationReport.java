package io.deixis.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.evaluation.SplitReport;
import io.deixis.files.RoundedNumbers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An evaluation as documents.
 *
 * @param report the metrics
 * @param answers the answers that they were computed from
 * @param training the lines of the training's metrics, as its {@code metrics.csv} has them; none if
 *     they are not known
 */
public record EvaluationReport(SplitReport report, EvaluatedSplit answers, List<String> training) {

  /** Decimals of numbers in JSON. */
  private static final int DECIMALS = 6;

  private static final ObjectWriter JSON =
      new ObjectMapper()
          .registerModule(RoundedNumbers.module(DECIMALS))
          .writerWithDefaultPrettyPrinter();

  /** Copies the lines. */
  public EvaluationReport {
    training = List.copyOf(training);
  }

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance report(EvaluationPage page);
  }

  /**
   * Returns the page. It needs no other file: styles and charts are in it, and photos too if they
   * are asked for.
   *
   * @param each at most so many cases of each entity type and outcome are in the gallery
   * @param photos gives the photo of an image as {@code data:} URI; where it gives none, boxes are
   *     drawn on a blank canvas of the photo's size
   */
  public String html(int each, Function<String, Optional<String>> photos) {
    Gallery gallery = Gallery.of(answers, report.subject().calibration(), each, photos);
    return Templates.report(EvaluationPage.of(report, gallery, training)).render();
  }

  /**
   * Returns the metrics as one JSON document, numbers rounded to millionths, so that the same
   * answers give the same bytes on every Java version.
   */
  public String json() {
    return json(report);
  }

  static String json(Record report) {
    try {
      return JSON.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
