package io.deixis.grounding;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.deixis.language.Span;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was found. Written as JSON it is the answer document of the HTTP interface, the command line
 * and the worker protocol, with its numbers {@link Rounded}. A reader skips members that it does
 * not know, so a worker may be newer than its front.
 *
 * @param image size of the upright image
 * @param caption the plain caption that the phrases' spans point into, if the query was a caption
 * @param reading how the query was understood, if it was free text taken as one expression
 * @param threshold the calibrated score from which boxes count as found, in [0, 1]
 * @param phrases one entry for each phrase of the query, in its order
 * @param model the model that answered
 * @param timings how long each stage took
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Answer")
public record GroundingAnswer(
    ImageSize image,
    Optional<String> caption,
    Optional<AnsweredReading> reading,
    @JsonSerialize(using = Rounded.Score.class) double threshold,
    List<GroundedPhrase> phrases,
    ModelReference model,
    Timings timings) {

  /** Copies the phrases, and refuses documents that lack a member. */
  public GroundingAnswer {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(timings, "timings");
    reading = reading == null ? Optional.empty() : reading;
    phrases = List.copyOf(phrases);
  }

  /** Returns this answer with how its query was understood. */
  public GroundingAnswer reading(AnsweredReading how) {
    return new GroundingAnswer(
        image, caption, Optional.of(how), threshold, phrases, model, timings);
  }

  /** Size of the upright image in pixels. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ImageSize(int width, int height) {}

  /**
   * The model that answered.
   *
   * @param name the bundle's name
   * @param version the bundle's version
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ModelReference(String name, String version) {}

  /** Returns the width of the upright image in pixels. */
  public int width() {
    return image.width();
  }

  /** Returns the height of the upright image in pixels. */
  public int height() {
    return image.height();
  }

  /**
   * Returns this answer as it reads at a higher threshold: boxes below it, or below their phrase's
   * own, are gone. Boxes that were not in the answer do not come back at a lower one.
   *
   * @param newThreshold in [0, 1]
   */
  public GroundingAnswer at(double newThreshold) {
    List<GroundedPhrase> kept =
        each(
            phrase -> {
              double limit = phrase.thresholdOr(newThreshold);
              return phrase.with(
                  phrase.boxes().stream().filter(box -> box.score() >= limit).toList());
            });
    return new GroundingAnswer(image, caption, reading, newThreshold, kept, model, timings);
  }

  /**
   * Returns this answer with the thresholds of entity types noted at their phrases, for {@link #at}
   * to follow; no box is gone yet.
   */
  public GroundingAnswer noting(TypeThresholds thresholds) {
    return with(each(phrase -> phrase.withThreshold(thresholds.own(phrase.types()))));
  }

  /**
   * Returns this answer, which has every box from {@code unsureFrom} on, as it reads at a
   * threshold: each phrase with its state, and a guess where it is unsure.
   *
   * @param newThreshold in [0, 1]
   * @param unsureFrom the score from which the best box is a guess worth showing, in [0, 1]
   */
  public GroundingAnswer judged(double newThreshold, double unsureFrom) {
    return new GroundingAnswer(
        image,
        caption,
        reading,
        newThreshold,
        each(phrase -> phrase.judged(newThreshold, unsureFrom)),
        model,
        timings);
  }

  /**
   * Returns this answer with its phrases at their places in a caption, where they were asked
   * without it.
   *
   * @param newCaption the plain caption
   * @param spans of the phrases, in their order
   */
  public GroundingAnswer inCaption(String newCaption, List<Span> spans) {
    List<GroundedPhrase> placed = new ArrayList<>();
    for (int i = 0; i < phrases.size(); i++) {
      placed.add(phrases.get(i).at(spans.get(i)));
    }
    return new GroundingAnswer(
        image, Optional.of(newCaption), reading, threshold, placed, model, timings);
  }

  /**
   * Returns this answer with its boxes in the pixels of the same image in another size, as if the
   * image had not been scaled before it was encoded.
   *
   * @param size of the upright image
   */
  public GroundingAnswer scaledTo(ImageSize size) {
    double x = (double) size.width() / image.width();
    double y = (double) size.height() / image.height();
    List<GroundedPhrase> scaled =
        each(
            phrase ->
                phrase.with(
                    phrase.boxes().stream()
                        .map(box -> new ScoredBox(box.box().scaled(x, y), box.score()))
                        .toList()));
    return new GroundingAnswer(
        size, caption, reading.map(r -> r.scaled(x, y)), threshold, scaled, model, timings);
  }

  /** Returns this answer with other phrases. */
  public GroundingAnswer with(List<GroundedPhrase> others) {
    return new GroundingAnswer(image, caption, reading, threshold, others, model, timings);
  }

  private List<GroundedPhrase> each(UnaryOperator<GroundedPhrase> change) {
    return phrases.stream().map(change).toList();
  }
}
