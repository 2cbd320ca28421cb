package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryRegionPairsTest {

  private static final Box LEFT = new Box(0, 0, 10, 10);
  private static final Box RIGHT = new Box(50, 0, 60, 10);
  private static final Box HALF_OF_RIGHT = new Box(50, 0, 60, 5);
  private static final Box LESS_THAN_HALF = new Box(50, 0, 60, 4.9);
  private static final Box NOWHERE = new Box(0, 90, 10, 100);

  @Test
  void labelsByTheBestIouWithAnyTruthBox() {
    QueryRegionPairs pairs =
        QueryRegionPairs.of(
            List.of(truth(LEFT), truth(LEFT, RIGHT)),
            List.of(LEFT, HALF_OF_RIGHT, LESS_THAN_HALF, NOWHERE));

    assertThat(pairs.pairs())
        .extracting(QueryRegionPair::positive)
        .containsExactly(true, false, false, false, true, true, false, false);
    assertThat(pairs.pairs().get(5)).isEqualTo(new QueryRegionPair(1, 1, 0.5, 0));
    assertThat(pairs.positives()).isEqualTo(3);
    assertThat(pairs.positiveRatio()).isCloseTo(3 / 8.0, within(1e-12));
  }

  @Test
  void hasNoRatioWithoutPairs() {
    assertThat(QueryRegionPairs.of(List.of(), List.of(LEFT)).positiveRatio()).isZero();
  }

  @Test
  void aRegionThatAnotherPhraseMeansIsAHardNegative() {
    QueryRegionPairs pairs =
        QueryRegionPairs.of(
            List.of(truthOf("1", LEFT), truthOf("1", LEFT), truthOf("2", RIGHT)),
            List.of(LEFT, RIGHT, HALF_OF_RIGHT, LESS_THAN_HALF, NOWHERE));

    assertThat(pairs.pairs())
        .extracting(QueryRegionPair::hardNegative)
        .containsExactly(
            false, true, true, false, false, false, true, true, false, false, true, false, false,
            false, false);
    assertThat(pairs.hardNegatives()).isEqualTo(5);
    assertThat(pairs.positives()).isEqualTo(4);
  }

  private static GroundTruth truth(Box... boxes) {
    return truthOf("1", boxes);
  }

  private static GroundTruth truthOf(String chain, Box... boxes) {
    return new GroundTruth(
        "1", 0, new EntityPhrase(chain, List.of("other"), "it", 0), List.of(boxes));
  }
}
