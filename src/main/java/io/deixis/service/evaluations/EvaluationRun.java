package io.deixis.service.evaluations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.evaluation.report.Printed;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An evaluation's report.
 *
 * @param name of its folder
 * @param model name and version of the model
 * @param split that was evaluated
 * @param phrases how many, thousands set apart
 * @param recall Recall@1 in percent
 * @param f1 of the boxes at the model's threshold
 * @param browsable whether its answers are there, image by image
 */
public record EvaluationRun(
    String name,
    String model,
    String split,
    String phrases,
    String recall,
    String f1,
    boolean browsable) {

  /** The figures of a report. */
  static final String REPORT = "report.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the address of its page. */
  public String href() {
    return UriBuilder.fromPath("/evaluations/{run}").build(name).toString();
  }

  /**
   * Reads what a report tells of itself.
   *
   * @throws IOException if there is no report or it cannot be understood
   */
  static EvaluationRun read(Path folder, boolean browsable) throws IOException {
    JsonNode report = JSON.readTree(Files.readAllBytes(folder.resolve(REPORT)));
    JsonNode recall = report.at("/recall/anyBox/all");
    double hits = recall.at("/atK/0/hits").asDouble();
    double phrases = recall.path("phrases").asDouble();
    return new EvaluationRun(
        folder.getFileName().toString(),
        report.path("model").asText() + " " + report.path("version").asText(),
        report.path("split").asText(),
        Printed.count((long) phrases),
        Printed.percent(phrases == 0 ? 0 : hits / phrases),
        Printed.score(report.at("/scores/natural/matrix/f1").asDouble()),
        browsable);
  }
}
