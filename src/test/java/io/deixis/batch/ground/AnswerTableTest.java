package io.deixis.batch.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.language.Phrase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help;

class AnswerTableTest {

  @Test
  void showsEachBoxOfAPhraseTheGuessOfAnotherAndWhatIsAbsent() {
    var answer =
        new GroundingAnswer(
                new GroundingAnswer.ImageSize(500, 375),
                Optional.empty(),
                Optional.empty(),
                0.5,
                List.of(
                    phrase("a cat", box(10, 20, 110, 220, 0.875), box(0, 0, 50, 60, 0.625)),
                    phrase("a bird", box(1, 2, 3, 4, 0.3)),
                    phrase("a dog", box(5, 6, 7, 8, 0.125))),
                new GroundingAnswer.ModelReference("constant", "1"),
                new Timings(Map.of(), 12.0, false))
            .judged(0.5, 0.25);

    String table = new AnswerTable(Help.defaultColorScheme(Help.Ansi.OFF)).of(answer);

    assertThat(table.lines().map(String::stripTrailing))
        .containsExactly(
            "phrase  state   score  box (x1, y1)-(x2, y2)",
            "a cat   found   0.88   (10, 20)-(110, 220)",
            "                0.63   (0, 0)-(50, 60)",
            "a bird  unsure  0.30   (1, 2)-(3, 4)",
            "a dog   absent  0.13");
  }

  private static GroundedPhrase phrase(String text, ScoredBox... boxes) {
    return new GroundedPhrase(Phrase.of(text), boxes[0].score(), List.of(boxes));
  }

  private static ScoredBox box(double x1, double y1, double x2, double y2, double score) {
    return new ScoredBox(new Box(x1, y1, x2, y2), score);
  }
}
