package io.deixis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartLayoutTest {

  private static final Axis UNIT = Axis.unit("score");

  private static ChartLayout layout(Axis y, Series... series) {
    return ChartLayout.of(new Chart("A chart", UNIT, y, List.of(series)));
  }

  @Test
  void linesRunFromTheOriginAtTheLowerLeft() {
    ChartLayout chart =
        layout(
            UNIT, Series.line("F1", 1, List.of(new Point(0, 0, "low"), new Point(0.5, 1, "high"))));

    ChartLayout.Shape line = chart.shapes().get(0);
    assertThat(line.kind()).isEqualTo("line");
    assertThat(line.path()).isEqualTo("M56.0 242.0 L260.0 10.0");
    assertThat(line.spots().get(1))
        .isEqualTo(new ChartLayout.Spot("260.0", "10.0", "0", "0", "high"));
  }

  @Test
  void aLineOfOnePointIsADot() {
    ChartLayout chart =
        layout(UNIT, Series.line("F1", 1, List.of(new Point(0.5, 1, "the only one"))));

    assertThat(chart.shapes().get(0).kind()).isEqualTo("dots");
    assertThat(chart.shapes().get(0).path()).isEmpty();
    assertThat(chart.shapes().get(0).spots()).hasSize(1);
  }

  @Test
  void barsStandOnTheHorizontalAxis() {
    ChartLayout chart =
        layout(UNIT, Series.bars("right", 1, 0.5, List.of(new Point(0, 0.25, "a"))));

    assertThat(chart.shapes().get(0).spots())
        .containsExactly(new ChartLayout.Spot("68.2", "184.0", "179.5", "58.0", "a"));
  }

  @Test
  void guidesHaveNoSpots() {
    ChartLayout chart = layout(UNIT, Series.guide("", new Point(0, 0, ""), new Point(1, 1, "")));

    assertThat(chart.shapes().get(0).spots()).isEmpty();
    assertThat(chart.legend()).isEmpty();
  }

  @Test
  void valuesBeyondAnAxisStayAtItsEnd() {
    ChartLayout chart = layout(UNIT, Series.dots("", 1, List.of(new Point(-1, 7, "out"))));

    assertThat(chart.shapes().get(0).spots().get(0).x()).isEqualTo("56.0");
    assertThat(chart.shapes().get(0).spots().get(0).y()).isEqualTo("10.0");
  }

  @Test
  void ticksOfPercentAreRound() {
    assertThat(Axis.percent("share", 0.17).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("0 %", "5 %", "10 %", "15 %", "20 %");
    assertThat(Axis.percent("share", 0.02).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("0.0 %", "0.5 %", "1.0 %", "1.5 %", "2.0 %");
    assertThat(Axis.percent("share", 0).to()).isGreaterThan(0);
  }

  @Test
  void namedSeriesAreInTheLegend() {
    ChartLayout chart =
        layout(UNIT, Series.dots("one", 1, List.of()), Series.dots("two", 2, List.of()));

    assertThat(chart.legend())
        .containsExactly(
            new ChartLayout.Entry("dots", 1, "one"), new ChartLayout.Entry("dots", 2, "two"));
  }

  @Test
  void anAxisGoesUp() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Axis("score", 1, 1, List.of()));
  }
}
