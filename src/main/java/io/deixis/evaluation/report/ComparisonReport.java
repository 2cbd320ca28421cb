package io.deixis.evaluation.report;

import io.deixis.evaluation.Comparison;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * A comparison as documents.
 *
 * @param comparison the models side by side
 */
public record ComparisonReport(Comparison comparison) {

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance comparison(ComparisonPage page);
  }

  /** Returns the page. It needs no other file. */
  public String html() {
    return Templates.comparison(ComparisonPage.of(comparison)).render();
  }

  /** Returns the comparison as lines of a monospaced text; recall in percent. */
  public String text() {
    return "%s: %,d images, %,d phrases, %,d absent%n%n"
            .formatted(
                comparison.split(), comparison.images(), comparison.phrases(), comparison.absent())
        + ComparisonPage.of(comparison).text();
  }

  /** Returns the comparison as one JSON document, numbers rounded to millionths. */
  public String json() {
    return EvaluationReport.json(comparison);
  }
}
