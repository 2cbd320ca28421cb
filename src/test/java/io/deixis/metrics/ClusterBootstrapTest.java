package io.deixis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {

  @Test
  void theIntervalOfAShareIsThatOfTheBinomial() {
    int images = 400;
    int[] hits = IntStream.range(0, images).map(image -> image % 4 == 0 ? 1 : 0).toArray();
    int[] totals = new int[images];
    Arrays.fill(totals, 1);

    Interval interval = ClusterBootstrap.interval(hits, totals, 1);

    double half = 1.96 * Math.sqrt(0.25 * 0.75 / images);
    assertThat(interval.low()).isCloseTo(0.25 - half, within(0.006));
    assertThat(interval.high()).isCloseTo(0.25 + half, within(0.006));
    assertThat(ClusterBootstrap.interval(hits, totals, 1)).isEqualTo(interval);
  }

  @Test
  void imagesAreDrawnWholeWithAllTheirPhrases() {
    // Were phrases drawn, the interval would be 10 times narrower.
    int[] hits = {100, 0, 100, 0};
    int[] totals = {100, 100, 100, 100};

    assertThat(ClusterBootstrap.interval(hits, totals, 1)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void aShareThatIsTheSameEverywhereHasNoSpread() {
    assertThat(ClusterBootstrap.interval(new int[] {1, 2, 3}, new int[] {2, 4, 6}, 1))
        .isEqualTo(new Interval(0.5, 0.5));
    assertThat(ClusterBootstrap.interval(new int[0], new int[0], 1)).isEqualTo(new Interval(0, 0));
  }

  @Test
  void aQuantileIsTheValueOfItsRank() {
    double[] sorted = IntStream.rangeClosed(0, 40).asDoubleStream().toArray();

    assertThat(ClusterBootstrap.quantile(sorted, 0.025)).isEqualTo(1);
    assertThat(ClusterBootstrap.quantile(sorted, 0.5)).isEqualTo(20);
    assertThat(ClusterBootstrap.quantile(sorted, 0.975)).isEqualTo(39);
    assertThat(ClusterBootstrap.quantile(sorted, 1)).isEqualTo(40);
  }
}
