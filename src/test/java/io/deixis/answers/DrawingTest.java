package io.deixis.answers;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawingTest {

  @Test
  void crowdedLabelsOfPhrasesThatShareAColourStayOffEachOther() {
    int colours = Palette.SWATCHES.size();
    List<Drawing.Mark> marks = Drawing.of(phrasesOnAStrip(2 * colours), 0).marks();

    assertThat(marks).filteredOn(Drawing.Mark::crowded).hasSizeGreaterThan(colours);
    for (int phrase = 0; phrase < colours; phrase++) {
      assertThat(plate(marks, phrase).intersectionArea(plate(marks, phrase + colours))).isZero();
    }
  }

  /** Returns an answer whose phrases all have the same box, with room for few labels. */
  private static GroundingAnswer phrasesOnAStrip(int phrases) {
    Box strip = new Box(0, 0, 400, 20);
    List<GroundedPhrase> grounded =
        IntStream.range(0, phrases)
            .mapToObj(i -> Phrase.of("phrase " + i))
            .map(phrase -> new GroundedPhrase(phrase, 0.8, List.of(new ScoredBox(strip, 0.8))))
            .toList();
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(400, 20),
        Optional.empty(),
        Optional.empty(),
        0.5,
        grounded,
        new GroundingAnswer.ModelReference("test", "2"),
        new Timings(Map.of(), 1, false));
  }

  private static Box plate(List<Drawing.Mark> marks, int phrase) {
    Drawing.Rectangle plate =
        marks.stream().filter(mark -> mark.phrase() == phrase).findFirst().orElseThrow().plate();
    return new Box(plate.x(), plate.y(), plate.x() + plate.width(), plate.y() + plate.height());
  }
}
