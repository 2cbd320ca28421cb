package io.deixis.service.demo;

import io.deixis.answers.Drawing;
import io.deixis.answers.Palette;
import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.PhraseState;
import io.deixis.grounding.Timings;
import io.deixis.grounding.TypeThresholds;
import io.deixis.service.page.JsonText;
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
 * @param summary how the words were understood, in one short line, or null
 * @param single whether the words name one thing and nothing else, so that there is no other way to
 *     read them
 * @param notes what else there is to say of the words, one sentence each
 * @param threshold the score from which boxes are found, as exact as it is known
 * @param unsureFrom the score from which the best box is shown as a guess
 * @param candidates the whole answer as JSON, from which a script filters
 * @param json the answer at the threshold as JSON, indented
 * @param model the name of the model that answered
 * @param version of the model
 * @param licence of the model: of its weights, and the terms that come with its photos
 * @param time that the answer took
 * @param stages what the time went into
 */
public record AnswerView(
    String photo,
    Drawing drawing,
    List<Segment> caption,
    List<PhraseView> phrases,
    String summary,
    boolean single,
    List<String> notes,
    double threshold,
    double unsureFrom,
    String candidates,
    String json,
    String model,
    String version,
    String licence,
    String time,
    String stages) {

  /**
   * A phrase in the list.
   *
   * @param index its place in the answer, from 0
   * @param text the phrase
   * @param hue of its colour
   * @param state found, unsure or absent
   * @param score of its best candidate, in percent
   * @param chance the same in words
   * @param boxes how many reached the threshold
   * @param types its entity types, or blank
   */
  public record PhraseView(
      int index,
      String text,
      int hue,
      PhraseState state,
      long score,
      String chance,
      int boxes,
      String types) {

    /** Returns whether more than one box reached the threshold. */
    public boolean several() {
      return boxes > 1;
    }
  }

  /**
   * A piece of the caption.
   *
   * @param text the piece
   * @param start where it begins in the caption, in UTF-16 characters
   * @param phrase the phrase that it is, or null between phrases
   */
  public record Segment(String text, int start, PhraseView phrase) {}

  /** Returns whether there is nothing to be seen on the photo. */
  public boolean nothing() {
    return phrases.stream().allMatch(phrase -> phrase.state() == PhraseState.ABSENT);
  }

  /**
   * Prepares an answer for the page.
   *
   * @param answer every candidate
   * @param thresholds from which scores on boxes are found, and guesses shown
   * @param photo the photo's address, or null where the browser has it
   * @param licence of the model
   * @param json writes the documents
   */
  static AnswerView of(
      GroundingAnswer answer,
      TypeThresholds thresholds,
      String photo,
      String licence,
      JsonText json) {
    GroundingAnswer shown = answer.judged(thresholds.all(), thresholds.unsureFrom());
    List<PhraseView> phrases =
        IntStream.range(0, shown.phrases().size())
            .mapToObj(i -> phraseView(i, shown.phrases().get(i)))
            .toList();
    return new AnswerView(
        photo,
        Drawing.of(answer, thresholds.all(), thresholds.unsureFrom()),
        segments(answer, phrases),
        phrases,
        answer.reading().map(AnsweredReading::summary).orElse(null),
        answer
            .reading()
            .filter(AnsweredReading::understood)
            .map(AnsweredReading::relations)
            .filter(List::isEmpty)
            .isPresent(),
        answer.reading().map(AnsweredReading::notes).orElse(List.of()),
        thresholds.all(),
        thresholds.unsureFrom(),
        json.compact(answer),
        json.indented(shown),
        answer.model().name(),
        answer.model().version(),
        licence,
        milliseconds(answer.timings().total()),
        stages(answer.timings()));
  }

  private static PhraseView phraseView(int index, GroundedPhrase phrase) {
    return new PhraseView(
        index,
        phrase.text(),
        Palette.swatch(index).hue(),
        phrase.state().orElseThrow(),
        Math.round(phrase.score() * 100),
        Chance.inWords(phrase.score()),
        phrase.boxes().size(),
        String.join(", ", phrase.types()));
  }

  private static List<Segment> segments(GroundingAnswer answer, List<PhraseView> phrases) {
    if (answer.caption().isEmpty()) {
      return List.of();
    }
    String caption = answer.caption().get();
    List<Integer> inOrder =
        IntStream.range(0, answer.phrases().size())
            .boxed()
            .filter(i -> answer.phrases().get(i).span().isPresent())
            .sorted(Comparator.comparing(i -> answer.phrases().get(i).span().get().start()))
            .toList();
    List<Segment> segments = new ArrayList<>();
    int done = 0;
    for (int phrase : inOrder) {
      int start = answer.phrases().get(phrase).span().get().start();
      int end = answer.phrases().get(phrase).span().get().end();
      if (start < done || end > caption.length()) {
        continue; // lies within an earlier phrase, or is no span of this caption
      }
      segments.add(new Segment(caption.substring(done, start), done, null));
      segments.add(new Segment(caption.substring(start, end), start, phrases.get(phrase)));
      done = end;
    }
    segments.add(new Segment(caption.substring(done), done, null));
    return segments.stream().filter(segment -> !segment.text().isEmpty()).toList();
  }

  private static String stages(Timings timings) {
    return timings.stages().entrySet().stream()
            .map(stage -> stage.getKey() + " " + milliseconds(stage.getValue()))
            .collect(Collectors.joining(", "))
        + (timings.imageCached() ? "; the photo's features were cached" : "");
  }

  private static String milliseconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
  }
}
