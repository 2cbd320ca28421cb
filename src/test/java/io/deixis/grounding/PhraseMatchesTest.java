package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseMatchesTest {

  private static final Box A = new Box(0, 0, 10, 10);
  private static final Box NEAR_A = new Box(0, 0, 10, 9);
  private static final Box B = new Box(50, 0, 60, 10);

  @Test
  void ownScoresMayRankOtherwise() {
    PhraseMatches matches =
        new PhraseMatches(List.of(A, NEAR_A, B), List.of(3f, 2f, 1f), List.of(1f, 3f, 2f));

    assertThat(matches.byOwnScore().boxes()).containsExactly(NEAR_A, B, A);
    assertThat(matches.byOwnScore().logits()).containsExactly(3f, 2f, 1f);
    assertThat(matches.best(1, 2).own()).containsExactly(1f, 3f);
  }

  @Test
  void theBestDoNotOverlap() {
    PhraseMatches best = new PhraseMatches(List.of(NEAR_A, A, B), List.of(2f, 1f, 0f)).best(0.5, 5);

    assertThat(best.boxes()).containsExactly(NEAR_A, B);
    assertThat(best.logits()).containsExactly(2f, 0f);
  }

  @Test
  void theBestAreNoMoreThanAskedFor() {
    PhraseMatches best = new PhraseMatches(List.of(NEAR_A, A, B), List.of(2f, 1f, 0f)).best(1, 2);

    assertThat(best.boxes()).containsExactly(NEAR_A, A);
  }

  @Test
  void aRequestThatSaysNothingOfDuplicatesGetsWhatTheModelHas() {
    List<Float> logits = List.of(2f, 1f, 0f);
    PhraseMatches ofDetector =
        new PhraseMatches(List.of(NEAR_A, A, B), logits, logits, 1).best(GroundingOptions.DEFAULTS);

    assertThat(ofDetector.boxes()).containsExactly(NEAR_A, A, B);
    assertThat(ofDetector.best(new GroundingOptions(Threshold.BEST, 5, 0.5)).boxes())
        .containsExactly(NEAR_A, B);
    assertThat(new PhraseMatches(List.of(NEAR_A, A, B), logits).best(GroundingOptions.DEFAULTS))
        .extracting(PhraseMatches::boxes)
        .isEqualTo(List.of(NEAR_A, B));
  }
}
