package io.deixis.grounding;

import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param width width of the upright image in pixels
 * @param height height of the upright image in pixels
 * @param caption the plain caption that the phrases' spans point into, if the query was a caption
 * @param phrases one entry for each phrase of the query, in its order
 * @param threshold the calibrated score from which boxes were taken as found
 * @param model the model that answered
 * @param timings how long each stage took
 */
public record GroundingAnswer(
    int width,
    int height,
    Optional<String> caption,
    List<GroundedPhrase> phrases,
    double threshold,
    ModelReference model,
    Timings timings) {

  /** Copies the phrases. */
  public GroundingAnswer {
    phrases = List.copyOf(phrases);
  }

  /**
   * The model that answered.
   *
   * @param name the bundle's name
   * @param version the bundle's version
   */
  public record ModelReference(String name, String version) {}
}
