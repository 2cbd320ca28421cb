package io.deixis.engine.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedHitsTest {

  private static final Box ALONE = new Box(200, 200, 260, 260);
  private static final Box SMALL = new Box(0, 0, 100, 60);
  private static final Box MIDDLE = new Box(0, 0, 100, 80);
  private static final Box LARGE = new Box(0, 0, 100, 125);

  @Test
  void agreementBeatsASingleHighLogit() {
    float[] judged =
        ExpectedHits.of(List.of(ALONE, SMALL, MIDDLE, LARGE), new float[] {2, 1.8f, 1.7f, 1.8f});

    // SMALL and LARGE are no hits of each other, MIDDLE is of both.
    assertThat(SMALL.iou(LARGE)).isLessThan(0.5);
    assertThat(judged[2]).isGreaterThan(judged[1]).isGreaterThan(judged[3]);
    assertThat(judged[1]).isGreaterThan(judged[0]);
    assertThat(judged[2]).isEqualTo(2);
  }

  @Test
  void aClearlyBestOneStays() {
    float[] judged =
        ExpectedHits.of(List.of(ALONE, SMALL, MIDDLE, LARGE), new float[] {6, 1, 1, 1});

    assertThat(judged[0]).isEqualTo(6);
    assertThat(judged[2]).isLessThan(0);
  }

  @Test
  void theSameBeliefIsSharedBySameBoxes() {
    float[] judged = ExpectedHits.of(List.of(SMALL, SMALL, ALONE), new float[] {1, 0, 1});

    assertThat(judged[0]).isEqualTo(judged[1]).isEqualTo(1);
    // Half of the belief speaks for it, against half and half of exp(-2).
    assertThat(judged[2]).isCloseTo(1 - (float) Math.log(1 + Math.exp(-2)), within(1e-3f));
  }

  @Test
  void allStaysFinite() {
    assertThat(ExpectedHits.of(List.of(ALONE, SMALL), new float[] {80, -80}))
        .containsExactly(new float[] {80, -1}, within(100f))
        .doesNotContain(Float.NEGATIVE_INFINITY);
    assertThat(ExpectedHits.of(List.of(), new float[0])).isEmpty();
  }

  @Test
  void aShiftOfAllLogitsShiftsTheResult() {
    float[] judged = ExpectedHits.of(List.of(ALONE, SMALL, LARGE), new float[] {1, 0.5f, 0});
    float[] shifted = ExpectedHits.of(List.of(ALONE, SMALL, LARGE), new float[] {-2, -2.5f, -3});

    for (int i = 0; i < judged.length; i++) {
      assertThat(shifted[i]).isCloseTo(judged[i] - 3, within(1e-5f));
    }
  }
}
