package io.deixis.grounding;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.deixis.language.Phrase;
import io.deixis.language.Span;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A phrase with the boxes it means.
 *
 * @param text the phrase
 * @param span where it stands in the plain caption, if it came from one; first character and one
 *     past the last (UTF-16) in documents
 * @param entity the coreference chain's id, if the query was annotated
 * @param types entity types as annotated; empty if unknown
 * @param threshold the threshold of the phrase's entity type, if it has one of its own
 * @param found whether any box reached the threshold
 * @param state found, unsure or absent; missing where nobody has judged it
 * @param guess the best box of a phrase that is unsure
 * @param score the calibrated score of the best candidate in the image, in [0, 1], whether or not
 *     it reached the threshold
 * @param boxes the boxes that reached the threshold, best first; empty if the phrase was not found
 */
@RegisterForReflection(targets = {GroundedPhrase.class, Span.class})
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GroundedPhrase(
    String text,
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
        @Schema(type = SchemaType.ARRAY, implementation = Integer.class)
        Optional<Span> span,
    Optional<String> entity,
    List<String> types,
    @JsonSerialize(contentUsing = Rounded.Score.class) Optional<Double> threshold,
    boolean found,
    Optional<PhraseState> state,
    @JsonSerialize(using = Rounded.Score.class) double score,
    List<ScoredBox> boxes,
    Optional<ScoredBox> guess) {

  /** Copies the lists; documents of older workers may lack the types. */
  public GroundedPhrase {
    types = types == null ? List.of() : List.copyOf(types);
    boxes = List.copyOf(boxes);
  }

  /** Creates the result of a phrase that has no threshold of its own. */
  public GroundedPhrase(Phrase phrase, double score, List<ScoredBox> boxes) {
    this(
        phrase.text(),
        phrase.span(),
        phrase.entity(),
        phrase.types(),
        Optional.empty(),
        !boxes.isEmpty(),
        Optional.empty(),
        score,
        boxes,
        Optional.empty());
  }

  /** Returns the phrase by itself. */
  public Phrase phrase() {
    return new Phrase(text, span, entity, types);
  }

  /**
   * Returns the score from which a box of this phrase counts as found.
   *
   * @param common the answer's threshold
   */
  public double thresholdOr(double common) {
    return threshold.orElse(common);
  }

  /** Returns this phrase with other boxes, best first. */
  GroundedPhrase with(List<ScoredBox> others) {
    return new GroundedPhrase(
        text, span, entity, types, threshold, !others.isEmpty(), state, score, others, guess);
  }

  /** Returns this phrase with a threshold of its own; no box is gone yet. */
  GroundedPhrase withThreshold(Optional<Double> own) {
    return new GroundedPhrase(text, span, entity, types, own, found, state, score, boxes, guess);
  }

  /** Returns this phrase at a place in a caption. */
  GroundedPhrase at(Span place) {
    return new GroundedPhrase(
        text, Optional.of(place), entity, types, threshold, found, state, score, boxes, guess);
  }

  /**
   * Returns this phrase, of which every box from {@code unsureFrom} on is there, as it reads at a
   * threshold: with its state, and if it is unsure with its best box as a guess.
   *
   * @param common the answer's threshold, in [0, 1]
   * @param unsureFrom the score from which the best box is a guess worth showing, in [0, 1]
   */
  GroundedPhrase judged(double common, double unsureFrom) {
    double limit = thresholdOr(common);
    List<ScoredBox> kept = boxes.stream().filter(box -> box.score() >= limit).toList();
    PhraseState judged =
        kept.isEmpty()
            ? boxes.isEmpty() ? PhraseState.ABSENT : PhraseState.of(score, limit, unsureFrom)
            : PhraseState.FOUND;
    return new GroundedPhrase(
        text,
        span,
        entity,
        types,
        threshold,
        !kept.isEmpty(),
        Optional.of(judged),
        score,
        kept,
        judged == PhraseState.UNSURE ? Optional.of(boxes.get(0)) : Optional.empty());
  }
}
