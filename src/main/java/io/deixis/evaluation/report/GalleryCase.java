package io.deixis.evaluation.report;

import io.deixis.answers.Drawing.Rectangle;
import io.deixis.dataset.EntityPhrase;
import io.deixis.evaluation.PhraseCase;
import io.deixis.metrics.Calibration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A phrase with its truth boxes and the best box found.
 *
 * @param classes the filters that it passes, apart by spaces
 * @param width of the photo as annotated, in pixels
 * @param height of the photo as annotated, in pixels
 * @param photo the id of its photo, or null
 * @param truths the truth boxes
 * @param found the best box, or null
 * @param before the caption before the phrase
 * @param phrase its words
 * @param after the caption behind it
 * @param outcome what became of it
 * @param figures IoU and score
 * @param image the image's id
 */
public record GalleryCase(
    String classes,
    int width,
    int height,
    String photo,
    List<Rectangle> truths,
    Rectangle found,
    String before,
    String phrase,
    String after,
    String outcome,
    String figures,
    String image) {

  /** Copies the boxes. */
  public GalleryCase {
    truths = List.copyOf(truths);
  }

  static GalleryCase of(
      PhraseCase phrase,
      Calibration calibration,
      Map<String, Gallery.Filter> types,
      Gallery.Photo photo) {
    EntityPhrase words = phrase.truth().phrase();
    int end = words.firstChar() + words.text().length();
    boolean answered = !phrase.boxes().isEmpty();
    return new GalleryCase(
        Stream.concat(
                Stream.of("outcome-" + phrase.outcome().id()),
                words.types().stream().map(type -> types.get(type).id()))
            .collect(Collectors.joining(" ")),
        phrase.width(),
        phrase.height(),
        photo == null ? null : photo.id(),
        phrase.truth().boxes().stream().map(Rectangle::of).toList(),
        answered ? Rectangle.of(phrase.boxes().get(0)) : null,
        phrase.caption().substring(0, words.firstChar()),
        words.text(),
        phrase.caption().substring(end),
        phrase.outcome().title(),
        answered
            ? "IoU %s, score %s"
                .formatted(
                    Printed.level(phrase.bestIou()),
                    Printed.level(calibration.probability(phrase.logits().get(0))))
            : "no box",
        phrase.truth().image());
  }
}
