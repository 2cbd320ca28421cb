package io.deixis.answers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.grounding.TypeThresholds;
import io.deixis.language.Phrase;
import io.deixis.language.Span;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An answer as JSON: what the HTTP interface, the command line and the worker protocol write.
 * Members of the document that a reader does not know are skipped, so that a worker may be newer
 * than its front.
 *
 * @param image size of the upright image
 * @param caption the plain caption that spans point into; missing if the query was no caption
 * @param threshold the calibrated score from which a box counts as found, in [0, 1]
 * @param phrases one entry for each phrase, in the order of the query
 * @param model the model that answered
 * @param timings how long each stage took
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnswerDocument(
    ImageSize image,
    String caption,
    double threshold,
    List<PhraseAnswer> phrases,
    ModelName model,
    Durations timings) {

  /** Decimals of box edges, in pixels. */
  private static final int BOX_DECIMALS = 1;

  /** Decimals of scores and thresholds. */
  private static final int SCORE_DECIMALS = 4;

  /** Decimals of milliseconds. */
  private static final int TIME_DECIMALS = 2;

  /** Copies the phrases. */
  public AnswerDocument {
    phrases = List.copyOf(phrases);
  }

  /** Size of the upright image in pixels. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ImageSize(int width, int height) {}

  /**
   * What was found for one phrase.
   *
   * @param text the phrase
   * @param span first character and one past the last in the caption (UTF-16); missing if none
   * @param entity the coreference chain's id; missing if the query was not annotated
   * @param types entity types as annotated; empty if unknown
   * @param threshold the threshold of the phrase's entity type; missing if that of the answer holds
   * @param found whether any box reached the threshold
   * @param score the best candidate's calibrated score in [0, 1], whether or not it was found
   * @param boxes the boxes found, best first
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PhraseAnswer(
      String text,
      List<Integer> span,
      String entity,
      List<String> types,
      Double threshold,
      boolean found,
      double score,
      List<BoxAnswer> boxes) {

    /** Copies the lists. */
    public PhraseAnswer {
      span = span == null ? null : List.copyOf(span);
      types = types == null ? List.of() : List.copyOf(types);
      boxes = List.copyOf(boxes);
    }

    /**
     * Returns the score from which on a box of this phrase is found.
     *
     * @param common the answer's threshold
     */
    double thresholdOr(double common) {
      return threshold == null ? common : threshold;
    }

    private PhraseAnswer with(Double otherThreshold, List<BoxAnswer> kept) {
      return new PhraseAnswer(
          text, span, entity, types, otherThreshold, !kept.isEmpty(), score, kept);
    }
  }

  /**
   * One box.
   *
   * @param box {@code [x1, y1, x2, y2]} in pixels of the upright image
   * @param score calibrated probability in [0, 1]
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record BoxAnswer(List<Double> box, double score) {

    /** Copies the edges. */
    public BoxAnswer {
      box = List.copyOf(box);
    }

    private BoxAnswer scaled(double x, double y) {
      return new BoxAnswer(
          List.of(
              rounded(x * box.get(0), BOX_DECIMALS),
              rounded(y * box.get(1), BOX_DECIMALS),
              rounded(x * box.get(2), BOX_DECIMALS),
              rounded(y * box.get(3), BOX_DECIMALS)),
          score);
    }
  }

  /** Name and version of the model that answered. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ModelName(String name, String version) {}

  /**
   * Durations in milliseconds.
   *
   * @param stages by stage, in order of work
   * @param totalMs of the whole answer
   * @param imageCached whether the image's features were remembered from an earlier request
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Durations(Map<String, Double> stages, double totalMs, boolean imageCached) {

    /** Copies the stages, keeping their order. */
    public Durations {
      stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }
  }

  /** Returns {@code answer} as a document, its numbers rounded. */
  public static AnswerDocument of(GroundingAnswer answer) {
    Map<String, Double> stages = new LinkedHashMap<>();
    answer.timings().stages().forEach((stage, ms) -> stages.put(stage, rounded(ms, TIME_DECIMALS)));
    return new AnswerDocument(
        new ImageSize(answer.width(), answer.height()),
        answer.caption().orElse(null),
        rounded(answer.threshold(), SCORE_DECIMALS),
        answer.phrases().stream().map(AnswerDocument::phraseAnswer).toList(),
        new ModelName(answer.model().name(), answer.model().version()),
        new Durations(
            stages,
            rounded(answer.timings().total(), TIME_DECIMALS),
            answer.timings().imageCached()));
  }

  /**
   * Returns the answer that this document tells of.
   *
   * @throws IllegalArgumentException if a span or box has not the right number of members or its
   *     edges are in the wrong order
   */
  public GroundingAnswer toAnswer() {
    return new GroundingAnswer(
        image.width(),
        image.height(),
        Optional.ofNullable(caption),
        phrases.stream().map(AnswerDocument::groundedPhrase).toList(),
        threshold,
        new GroundingAnswer.ModelReference(model.name(), model.version()),
        new Timings(timings.stages(), timings.totalMs(), timings.imageCached()));
  }

  /**
   * Returns this document as it reads at a higher threshold: boxes below it, or below their
   * phrase's own, are gone. Boxes that were not in the answer do not come back at a lower one.
   *
   * @param newThreshold in [0, 1]
   */
  public AnswerDocument at(double newThreshold) {
    List<PhraseAnswer> filtered =
        phrases.stream()
            .map(
                phrase -> {
                  double limit = phrase.thresholdOr(newThreshold);
                  return phrase.with(
                      phrase.threshold(),
                      phrase.boxes().stream().filter(box -> box.score() >= limit).toList());
                })
            .toList();
    return new AnswerDocument(
        image, caption, rounded(newThreshold, SCORE_DECIMALS), filtered, model, timings);
  }

  /**
   * Returns this document with the thresholds of entity types noted at their phrases, for {@link
   * #at} to follow; no box is gone yet.
   */
  public AnswerDocument noting(TypeThresholds thresholds) {
    List<PhraseAnswer> noted =
        phrases.stream()
            .map(
                phrase -> {
                  OptionalDouble own = thresholds.own(phrase.types());
                  return phrase.with(
                      own.isPresent() ? rounded(own.getAsDouble(), SCORE_DECIMALS) : null,
                      phrase.boxes());
                })
            .toList();
    return new AnswerDocument(image, caption, threshold, noted, model, timings);
  }

  /**
   * Returns this document with its phrases at their places in a caption, where they were asked
   * without it.
   *
   * @param newCaption the plain caption
   * @param spans of the phrases, in their order
   */
  public AnswerDocument inCaption(String newCaption, List<Span> spans) {
    List<PhraseAnswer> placed = new ArrayList<>();
    for (int i = 0; i < phrases.size(); i++) {
      PhraseAnswer p = phrases.get(i);
      List<Integer> span = List.of(spans.get(i).start(), spans.get(i).end());
      placed.add(
          new PhraseAnswer(
              p.text(),
              span,
              p.entity(),
              p.types(),
              p.threshold(),
              p.found(),
              p.score(),
              p.boxes()));
    }
    return new AnswerDocument(image, newCaption, threshold, placed, model, timings);
  }

  /**
   * Returns this document with its boxes in the pixels of the same image in another size, as if it
   * had not been scaled before it was looked at.
   *
   * @param size of the upright image
   */
  public AnswerDocument scaledTo(ImageSize size) {
    double x = (double) size.width() / image.width();
    double y = (double) size.height() / image.height();
    List<PhraseAnswer> scaled =
        phrases.stream()
            .map(
                phrase ->
                    phrase.with(
                        phrase.threshold(),
                        phrase.boxes().stream().map(box -> box.scaled(x, y)).toList()))
            .toList();
    return new AnswerDocument(size, caption, threshold, scaled, model, timings);
  }

  private static PhraseAnswer phraseAnswer(GroundedPhrase grounded) {
    Phrase phrase = grounded.phrase();
    return new PhraseAnswer(
        phrase.text(),
        phrase.span().map(span -> List.of(span.start(), span.end())).orElse(null),
        phrase.entity().orElse(null),
        phrase.types(),
        null,
        grounded.found(),
        rounded(grounded.score(), SCORE_DECIMALS),
        grounded.boxes().stream().map(AnswerDocument::boxAnswer).toList());
  }

  private static BoxAnswer boxAnswer(ScoredBox scored) {
    Box box = scored.box();
    return new BoxAnswer(
        List.of(
            rounded(box.x1(), BOX_DECIMALS),
            rounded(box.y1(), BOX_DECIMALS),
            rounded(box.x2(), BOX_DECIMALS),
            rounded(box.y2(), BOX_DECIMALS)),
        rounded(scored.score(), SCORE_DECIMALS));
  }

  private static GroundedPhrase groundedPhrase(PhraseAnswer answer) {
    Phrase phrase =
        new Phrase(
            answer.text(),
            Optional.ofNullable(answer.span())
                .map(span -> new Span(element(span, 0, 2), element(span, 1, 2))),
            Optional.ofNullable(answer.entity()),
            answer.types());
    return new GroundedPhrase(
        phrase,
        answer.score(),
        answer.boxes().stream()
            .map(
                box ->
                    new ScoredBox(
                        new Box(
                            element(box.box(), 0, 4),
                            element(box.box(), 1, 4),
                            element(box.box(), 2, 4),
                            element(box.box(), 3, 4)),
                        box.score()))
            .toList());
  }

  private static <T> T element(List<T> list, int index, int size) {
    if (list.size() != size) {
      throw new IllegalArgumentException("Expected " + size + " numbers, not " + list.size());
    }
    return list.get(index);
  }

  private static double rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
  }
}
