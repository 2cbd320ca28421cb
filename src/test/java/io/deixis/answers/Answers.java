package io.deixis.answers;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.language.Phrase;
import io.deixis.language.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer to render. */
final class Answers {

  private Answers() {}

  /** Returns an answer to "A man in a hat" on 640 x 480 pixels with two boxes for the man. */
  static GroundingAnswer manInHat() {
    Phrase man =
        new Phrase("A man", Optional.of(new Span(0, 5)), Optional.of("12"), List.of("people"));
    Phrase hat = new Phrase("a hat", Optional.of(new Span(9, 14)), Optional.empty(), List.of());
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(640, 480),
        Optional.of("A man in a hat"),
        Optional.empty(),
        0.333333,
        List.of(
            new GroundedPhrase(
                man,
                0.912345,
                List.of(
                    new ScoredBox(new Box(10.04, 20.06, 300.55, 470.0), 0.912345),
                    new ScoredBox(new Box(320, 30, 600, 460), 0.40001))),
            new GroundedPhrase(hat, 0.123456, List.of())),
        new GroundingAnswer.ModelReference("test", "2"),
        new Timings(Map.of("decode", 1.23456), 9.87654, true));
  }

  /** Returns an answer with one box for {@code phrase}. */
  static GroundingAnswer oneBox(String phrase) {
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(200, 100),
        Optional.empty(),
        Optional.empty(),
        0.5,
        List.of(
            new GroundedPhrase(
                Phrase.of(phrase), 0.8, List.of(new ScoredBox(new Box(50, 40, 150, 90), 0.8)))),
        new GroundingAnswer.ModelReference("test", "2"),
        new Timings(Map.of(), 1, false));
  }

  /** Returns an answer about a photo that is called {@code file}. */
  static AnsweredPhoto photo(String file, long imageId, GroundingAnswer answer) {
    return new AnsweredPhoto(Optional.of(file), imageId, new byte[0], answer);
  }
}
