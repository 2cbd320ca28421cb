package io.deixis.runlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one image of a batch asked and what the weights answered before the step.
 *
 * @param stage the stage's name
 * @param epoch counted from 1
 * @param step the step, counted from 1
 * @param image the image's key
 * @param phrases its phrases
 */
public record BatchSample(String stage, int epoch, long step, String image, List<Phrase> phrases) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A phrase.
   *
   * @param text its words
   * @param positives how many of the batch's candidates are right
   * @param best the candidates with the highest scores, best first
   */
  public record Phrase(String text, int positives, List<Candidate> best) {

    /** Returns the scores in words, best first. */
    public String scores() {
      return best.stream()
          .map(
              candidate ->
                  String.format(
                      Locale.ROOT,
                      "%.2f %s",
                      candidate.score(),
                      candidate.positive() ? "right" : "wrong"))
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * A candidate.
   *
   * @param box x1, y1, x2, y2 in normalised coordinates
   * @param score uncalibrated, in [0, 1]
   * @param positive its label
   */
  public record Candidate(float[] box, float score, boolean positive) {}

  /** Returns the sample as a line of JSON. */
  String json() {
    ObjectNode sample = JSON.createObjectNode();
    sample.put("stage", stage).put("epoch", epoch).put("step", step).put("image", image);
    ArrayNode ofPhrases = sample.putArray("phrases");
    for (Phrase phrase : phrases) {
      ObjectNode node = ofPhrases.addObject();
      node.put("text", phrase.text).put("positives", phrase.positives);
      ArrayNode best = node.putArray("best");
      for (Candidate candidate : phrase.best) {
        ObjectNode ofCandidate = best.addObject();
        ArrayNode edges = ofCandidate.putArray("box");
        for (float edge : candidate.box) {
          edges.add(edge);
        }
        ofCandidate.put("score", candidate.score).put("positive", candidate.positive);
      }
    }
    return sample.toString();
  }

  /** Reads a line of JSON; nothing if it is no sample. */
  static Optional<BatchSample> read(String line) {
    try {
      JsonNode sample = JSON.readTree(line);
      List<Phrase> phrases = new ArrayList<>();
      for (JsonNode phrase : sample.path("phrases")) {
        List<Candidate> best = new ArrayList<>();
        for (JsonNode candidate : phrase.path("best")) {
          float[] box = new float[4];
          for (int i = 0; i < box.length; i++) {
            box[i] = (float) candidate.path("box").path(i).asDouble();
          }
          best.add(
              new Candidate(
                  box,
                  (float) candidate.path("score").asDouble(),
                  candidate.path("positive").asBoolean()));
        }
        phrases.add(
            new Phrase(phrase.path("text").asText(), phrase.path("positives").asInt(), best));
      }
      return sample.path("step").canConvertToLong()
          ? Optional.of(
              new BatchSample(
                  sample.path("stage").asText(),
                  sample.path("epoch").asInt(),
                  sample.path("step").asLong(),
                  sample.path("image").asText(),
                  phrases))
          : Optional.empty();
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}
