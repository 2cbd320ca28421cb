package io.deixis.service.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.Drawing.Rectangle;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A look into a batch: what one image asked and what the weights answered before the step.
 *
 * @param stage the stage's name
 * @param step the step, thousands set apart
 * @param image the image's id
 * @param phrases its phrases
 */
public record LookView(String stage, String step, String image, List<PhraseLook> phrases) {

  /** Width of the canvas that boxes are drawn on; photos' sides are not known here. */
  public static final int WIDTH = 400;

  /** Height of the canvas. */
  public static final int HEIGHT = 300;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A phrase.
   *
   * @param text its words
   * @param right how many of the batch's candidates are right
   * @param candidates those with the highest scores, worst first, so that the best lie on top
   * @param verdict the scores in words, best first
   */
  public record PhraseLook(
      String text, int right, List<CandidateLook> candidates, String verdict) {}

  /** A candidate on the canvas. */
  public record CandidateLook(Rectangle box, boolean right) {}

  /**
   * Reads a line of {@code looks.ndjson}.
   *
   * @return nothing if it is no look
   */
  static Optional<LookView> read(String line) {
    try {
      JsonNode look = JSON.readTree(line);
      List<PhraseLook> phrases = new ArrayList<>();
      look.path("phrases").forEach(phrase -> phrases.add(phrase(phrase)));
      return phrases.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new LookView(
                  look.path("stage").asText(),
                  String.format(Locale.ROOT, "%,d", look.path("step").asLong()),
                  look.path("image").asText(),
                  phrases));
    } catch (JsonProcessingException | IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static PhraseLook phrase(JsonNode phrase) {
    List<CandidateLook> candidates = new ArrayList<>();
    List<String> scores = new ArrayList<>();
    for (JsonNode candidate : phrase.path("best")) {
      boolean right = candidate.path("positive").asBoolean();
      candidates.add(0, new CandidateLook(rectangle(candidate.path("box")), right));
      scores.add(
          String.format(
              Locale.ROOT,
              "%.2f %s",
              candidate.path("score").asDouble(),
              right ? "right" : "wrong"));
    }
    return new PhraseLook(
        phrase.path("text").asText(),
        phrase.path("positives").asInt(),
        candidates,
        String.join(", ", scores));
  }

  private static Rectangle rectangle(JsonNode edges) {
    return Rectangle.of(
        new Box(
                edges.path(0).asDouble(),
                edges.path(1).asDouble(),
                edges.path(2).asDouble(),
                edges.path(3).asDouble())
            .scaled(WIDTH, HEIGHT));
  }
}
