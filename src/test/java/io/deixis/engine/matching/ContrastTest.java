package io.deixis.engine.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.EncodedPhrases.Rivals;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows: what is asked for first, then rivals; two regions each. */
class ContrastTest {

  @Test
  void withoutRivalsNothingChanges() {
    float[] logits = {1, 2, -3, 4};

    assertThat(Contrast.applied(logits, 2, phrases(2, List.of()))).containsExactly(1, 2, -3, 4);
    assertThat(Contrast.applied(logits, 2, phrases(2, List.of(List.of(), List.of()))))
        .containsExactly(1, 2, -3, 4);
  }

  @Test
  void aPhraseLosesWhereARivalFitsBetterAndNextToNothingWhereItFitsWorse() {
    // asked for, the word itself, one rival; one region of note
    float[] better = {1, -9, 0, -9, 2, -9};
    float[] worse = {1, -9, 0, -9, -9, -9};
    List<List<Rivals>> rivals = List.of(List.of(new Rivals(1, List.of(2))));
    float lost = (float) (1.2 * Math.log(1 + Math.exp(2)));

    assertThat(Contrast.applied(better, 2, phrases(3, rivals))[0])
        .isCloseTo(1 - lost, within(1e-5f));
    assertThat(Contrast.applied(worse, 2, phrases(3, rivals))[0]).isCloseTo(1, within(1e-3f));
  }

  @Test
  void theWorstOfSeveralWordsCountsAndTheBestOfItsRivals() {
    float[] logits = {0, -9, 0, -9, 1, -9, 0.9f, -9, -5, -9};
    List<List<Rivals>> one = List.of(List.of(new Rivals(1, List.of(2, 3))));
    List<List<Rivals>> two =
        List.of(List.of(new Rivals(1, List.of(4)), new Rivals(1, List.of(2, 3))));
    float lost = (float) (1.2 * Math.log(1 + Math.exp(1)));

    assertThat(Contrast.applied(logits, 2, phrases(5, one))[0]).isCloseTo(-lost, within(1e-5f));
    assertThat(Contrast.applied(logits, 2, phrases(5, two))[0]).isCloseTo(-lost, within(1e-5f));
  }

  @Test
  void allRegionsLoseWhatTheBestOneCosts() {
    float[] logits = {1, 0.5f, 0, 0, -9, 4};
    List<List<Rivals>> rivals = List.of(List.of(new Rivals(1, List.of(2))));

    float[] applied = Contrast.applied(logits, 2, phrases(3, rivals));

    assertThat(applied).hasSize(2);
    assertThat(applied[0]).isCloseTo(1, within(1e-3f));
    assertThat(applied[0] - applied[1]).isCloseTo(0.5f, within(1e-6f));
  }

  private static EncodedPhrases phrases(int count, List<List<Rivals>> rivals) {
    List<float[]> vectors = Collections.nCopies(count, new float[0]);
    return new EncodedPhrases(vectors, vectors, Collections.nCopies(count, new long[0]), rivals);
  }
}
