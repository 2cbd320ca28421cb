package io.deixis.runlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.files.JsonMappers;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The phrases of one image of a batch, and how the weights matched them before the step.
 *
 * @param stage the stage's name
 * @param epoch counted from 1
 * @param step the step, counted from 1
 * @param image the image's key
 * @param phrases its phrases
 */
public record BatchSample(String stage, int epoch, long step, String image, List<Phrase> phrases) {

  private static final ObjectMapper JSON = JsonMappers.records().build();

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
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Reads a line of JSON; nothing if it is no sample. */
  static Optional<BatchSample> read(String line) {
    try {
      return Optional.ofNullable(JSON.readValue(line, BatchSample.class));
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}
