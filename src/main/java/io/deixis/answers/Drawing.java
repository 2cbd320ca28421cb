package io.deixis.answers;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.Rounded;
import io.deixis.grounding.ScoredBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The marks that show an answer on its photo, measured in the photo's pixels: for every box its
 * outline and its label, placed so that no label covers another, whatever the threshold.
 *
 * @param width of the photo in pixels
 * @param height of the photo in pixels
 * @param strokeWidth of outlines, in pixels
 * @param fontSize of labels, in pixels
 * @param marks worst first, so that the best are drawn on top
 */
public record Drawing(
    int width, int height, double strokeWidth, double fontSize, List<Mark> marks) {

  /** Copies the marks. */
  public Drawing {
    marks = List.copyOf(marks);
  }

  /**
   * A box on the photo. Lengths are in pixels, with one decimal.
   *
   * @param phrase position of its phrase in the answer, from 0
   * @param best whether it is the best box of its phrase
   * @param hidden whether its score is below the threshold, and it is no guess either
   * @param guess whether it is the best box of a phrase that is unsure
   * @param score calibrated, in [0, 1], four decimals
   * @param swatch its colour
   * @param outline the box
   * @param plate the label's ground
   * @param textX where the label's text begins
   * @param textY the label's baseline
   * @param text the label
   * @param crowded whether the label has no place of its own and is shown only where a phrase of
   *     its colour is pointed at
   */
  public record Mark(
      int phrase,
      boolean best,
      boolean hidden,
      boolean guess,
      String score,
      Palette.Swatch swatch,
      Rectangle outline,
      Rectangle plate,
      double textX,
      double textY,
      String text,
      boolean crowded) {}

  /** A rectangle in pixels, with one decimal. */
  public record Rectangle(double x, double y, double width, double height) {

    /** Returns a box with one decimal. */
    public static Rectangle of(Box box) {
      return new Rectangle(
          Rounded.pixels(box.x1()),
          Rounded.pixels(box.y1()),
          Rounded.pixels(box.width()),
          Rounded.pixels(box.height()));
    }
  }

  /**
   * Draws an answer without guesses.
   *
   * @param answer all boxes there may be
   * @param threshold boxes with a lower score are hidden, but where their phrase has its own
   */
  public static Drawing of(GroundingAnswer answer, double threshold) {
    return of(answer, threshold, Double.POSITIVE_INFINITY);
  }

  /**
   * Draws an answer.
   *
   * @param answer all boxes there may be
   * @param threshold boxes with a lower score are hidden, but where their phrase has its own
   * @param unsureFrom the score from which the best box of a phrase is shown as a guess
   */
  public static Drawing of(GroundingAnswer answer, double threshold, double unsureFrom) {
    int width = answer.image().width();
    int height = answer.image().height();
    double fontSize = Math.max(9, Math.max(width, height) * 0.028);

    LabelPlaces places = new LabelPlaces(width, height, fontSize);
    List<Mark> marks = new ArrayList<>();
    for (Candidate candidate : bestBoxesFirst(answer)) {
      GroundedPhrase phrase = answer.phrases().get(candidate.phrase());
      ScoredBox scored = phrase.boxes().get(candidate.rank());
      boolean best = candidate.rank() == 0;
      boolean below = scored.score() < phrase.thresholdOr(threshold);
      boolean guess = below && best && scored.score() >= unsureFrom;
      Box box = scored.box();
      String text = label(phrase.text(), scored.score(), best);
      // Phrases that share a colour light up together, so their labels mind each other.
      Palette.Swatch swatch = Palette.swatch(candidate.phrase());
      LabelPlaces.Place place = places.place(swatch.hue(), box, text);
      Box plate = place.plate();
      marks.add(
          new Mark(
              candidate.phrase(),
              best,
              below && !guess,
              guess,
              String.format(Locale.ROOT, "%.4f", scored.score()),
              swatch,
              Rectangle.of(box),
              Rectangle.of(plate),
              Rounded.pixels(plate.x1() + places.padding()),
              Rounded.pixels(plate.y2() - fontSize * 0.36),
              text,
              place.crowded()));
    }
    Collections.reverse(marks);
    return new Drawing(
        width, height, Rounded.pixels(fontSize * 0.16), Rounded.pixels(fontSize), marks);
  }

  private record Candidate(int phrase, int rank, double score) {}

  private static List<Candidate> bestBoxesFirst(GroundingAnswer answer) {
    List<Candidate> candidates = new ArrayList<>();
    for (int phrase = 0; phrase < answer.phrases().size(); phrase++) {
      for (int rank = 0; rank < answer.phrases().get(phrase).boxes().size(); rank++) {
        double score = answer.phrases().get(phrase).boxes().get(rank).score();
        candidates.add(new Candidate(phrase, rank, score));
      }
    }
    candidates.sort(
        Comparator.comparing((Candidate candidate) -> candidate.rank() > 0)
            .thenComparing(Comparator.comparingDouble(Candidate::score).reversed()));
    return candidates;
  }

  /** The best box says its phrase and score, the others their score alone. */
  private static String label(String phrase, double score, boolean best) {
    String percent = Math.round(score * 100) + " %";
    return best ? XmlText.printable(shortened(phrase)) + " " + percent : percent;
  }

  private static String shortened(String phrase) {
    int longest = 32;
    return phrase.codePointCount(0, phrase.length()) <= longest
        ? phrase
        : phrase.substring(0, phrase.offsetByCodePoints(0, longest - 1)) + "…";
  }

  /** Returns the boxes that a query refers to, such as that of the bench in "left of the bench". */
  public static List<Rectangle> references(GroundingAnswer answer) {
    return answer.reading().stream()
        .flatMap(reading -> reading.references().stream())
        .flatMap(reference -> reference.boxes().stream())
        .map(box -> Rectangle.of(box.box()))
        .toList();
  }
}
