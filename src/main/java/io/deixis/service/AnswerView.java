package io.deixis.service;

import io.deixis.rendering.AnswerDocument;
import io.deixis.rendering.AnswerDocument.PhraseAnswer;
import io.deixis.rendering.Drawing;
import io.deixis.rendering.Palette;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An answer as the demo page shows it.
 *
 * @param photo the photo's address, or null where the browser has it
 * @param drawing the boxes over the photo, those under the threshold hidden
 * @param caption the caption cut where its phrases begin and end; empty if there is none
 * @param phrases one entry for each phrase
 * @param candidates the whole answer as JSON, from which a script filters
 * @param json the answer at the threshold as JSON, indented
 * @param model name and version
 * @param timings in a few words
 */
public record AnswerView(
    String photo,
    Drawing drawing,
    List<Segment> caption,
    List<PhraseView> phrases,
    String candidates,
    String json,
    String model,
    String timings) {

  /**
   * A phrase in the list.
   *
   * @param text the phrase
   * @param hue of its colour
   * @param score of its best candidate, in percent
   * @param found whether any box reached the threshold
   * @param types its entity types, or blank
   */
  public record PhraseView(String text, int hue, long score, boolean found, String types) {}

  /**
   * A piece of the caption.
   *
   * @param text the piece
   * @param hue of the phrase that it is, or -1 between phrases
   */
  public record Segment(String text, int hue) {

    /** Returns whether the piece is a phrase. */
    public boolean phrase() {
      return hue >= 0;
    }
  }

  /**
   * Prepares an answer for the page.
   *
   * @param answer every candidate
   * @param threshold boxes with a lower score are hidden
   * @param photo the photo's address, or null where the browser has it
   * @param json writes the documents
   */
  static AnswerView of(AnswerDocument answer, double threshold, String photo, JsonText json) {
    AnswerDocument shown = answer.at(threshold);
    return new AnswerView(
        photo,
        Drawing.of(answer, threshold),
        segments(answer),
        IntStream.range(0, shown.phrases().size())
            .mapToObj(i -> phraseView(i, shown.phrases().get(i)))
            .toList(),
        json.compact(answer),
        json.indented(shown),
        answer.model().name() + " " + answer.model().version(),
        timings(answer.timings()));
  }

  private static PhraseView phraseView(int index, PhraseAnswer phrase) {
    return new PhraseView(
        phrase.text(),
        Palette.swatch(index).hue(),
        Math.round(phrase.score() * 100),
        phrase.found(),
        String.join(", ", phrase.types()));
  }

  private static List<Segment> segments(AnswerDocument answer) {
    String caption = answer.caption();
    if (caption == null) {
      return List.of();
    }
    List<Integer> inOrder =
        IntStream.range(0, answer.phrases().size())
            .boxed()
            .filter(i -> answer.phrases().get(i).span() != null)
            .sorted(Comparator.comparing(i -> answer.phrases().get(i).span().get(0)))
            .toList();
    List<Segment> segments = new ArrayList<>();
    int done = 0;
    for (int phrase : inOrder) {
      int start = answer.phrases().get(phrase).span().get(0);
      int end = answer.phrases().get(phrase).span().get(1);
      if (start < done || end > caption.length()) {
        continue; // lies within an earlier phrase, or is no span of this caption
      }
      segments.add(new Segment(caption.substring(done, start), -1));
      segments.add(new Segment(caption.substring(start, end), Palette.swatch(phrase).hue()));
      done = end;
    }
    segments.add(new Segment(caption.substring(done), -1));
    return segments;
  }

  private static String timings(AnswerDocument.Durations timings) {
    String stages =
        timings.stages().entrySet().stream()
            .map(stage -> stage.getKey() + " " + milliseconds(stage.getValue()))
            .collect(Collectors.joining(", "));
    return milliseconds(timings.totalMs())
        + " ms"
        + (stages.isEmpty() ? "" : " (" + stages + ")")
        + (timings.imageCached() ? ", photo remembered" : "");
  }

  private static String milliseconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }
}
