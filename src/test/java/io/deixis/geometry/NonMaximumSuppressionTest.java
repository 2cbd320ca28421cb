package io.deixis.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonMaximumSuppressionTest {

  private static final Box BEST = new Box(0, 0, 10, 10);
  private static final Box NEAR_BEST = new Box(0, 0, 10, 8); // IoU 0.8 with BEST
  private static final Box HALF = new Box(0, 0, 10, 5); // IoU 0.5 with BEST, 0.625 with NEAR_BEST
  private static final Box APART = new Box(20, 20, 30, 30);

  @Test
  void dropsWhatOverlapsABetterBox() {
    assertThat(new NonMaximumSuppression(0.6).keep(List.of(BEST, NEAR_BEST, APART), 10))
        .containsExactly(0, 2);
  }

  @Test
  void aDroppedBoxDropsNoOther() {
    // HALF overlaps NEAR_BEST by more than 0.6, but NEAR_BEST itself is gone
    assertThat(new NonMaximumSuppression(0.6).keep(List.of(BEST, NEAR_BEST, HALF), 10))
        .containsExactly(0, 2);
  }

  @Test
  void anOverlapOfJustTheThresholdStays() {
    assertThat(new NonMaximumSuppression(0.5).keep(List.of(BEST, HALF), 10)).containsExactly(0, 1);
  }

  @Test
  void stopsAtTheLimit() {
    assertThat(new NonMaximumSuppression(1).keep(List.of(BEST, NEAR_BEST, HALF, APART), 2))
        .containsExactly(0, 1);
  }

  @Test
  void aThresholdOfOneKeepsEveryBox() {
    assertThat(new NonMaximumSuppression(1).keep(List.of(BEST, BEST, BEST), 10))
        .containsExactly(0, 1, 2);
  }

  @Test
  void aThresholdOfZeroKeepsBoxesThatDoNotTouch() {
    assertThat(new NonMaximumSuppression(0).keep(List.of(BEST, HALF, APART), 10))
        .containsExactly(0, 2);
  }

  @Test
  void keepsNothingOfNothing() {
    assertThat(new NonMaximumSuppression(0.5).keep(List.of(), 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesAThresholdThatIsNoIou(double threshold) {
    assertThatIllegalArgumentException().isThrownBy(() -> new NonMaximumSuppression(threshold));
  }
}
