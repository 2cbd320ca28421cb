package io.deixis.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.deixis.evaluation.Comparison;
import io.deixis.files.RoundedNumbers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * A comparison as documents.
 *
 * @param comparison the models side by side
 */
public record ComparisonReport(Comparison comparison) {

  private static final int DECIMALS = 6;

  private static final ObjectWriter JSON =
      new ObjectMapper()
          .registerModule(RoundedNumbers.module(DECIMALS))
          .writerWithDefaultPrettyPrinter();

  @CheckedTemplate(basePath = "")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance comparison(ComparisonPage page);
  }

  /** Returns the page. It needs no other file. */
  public String html() {
    return Templates.comparison(ComparisonPage.of(comparison)).render();
  }

  /** Returns the comparison as one JSON document, numbers rounded to millionths. */
  public String json() {
    try {
      return JSON.writeValueAsString(comparison) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
