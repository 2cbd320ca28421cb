package io.deixis.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTest {

  @Test
  void hasWidthHeightAndArea() {
    Box box = new Box(1, 2, 4, 8);

    assertThat(box.width()).isEqualTo(3);
    assertThat(box.height()).isEqualTo(6);
    assertThat(box.area()).isEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, 10, 1", // the same
    "5, 0, 15, 10, 0.3333333333333333", // half of each
    "2, 2, 7, 7, 0.25", // one within the other
    "10, 0, 20, 10, 0", // side by side: the far edge is exclusive
    "20, 20, 30, 30, 0", // apart in both axes
    "5, 5, 5, 9, 0" // without area
  })
  void iouWithTenByTen(double x1, double y1, double x2, double y2, double expected) {
    Box box = new Box(0, 0, 10, 10);
    Box other = new Box(x1, y1, x2, y2);

    assertThat(box.iou(other)).isCloseTo(expected, within(1e-15));
    assertThat(other.iou(box)).isEqualTo(box.iou(other));
  }

  @Test
  void iouOfTwoEmptyBoxesIsZero() {
    Box empty = new Box(3, 3, 3, 3);

    assertThat(empty.iou(empty)).isZero();
  }

  @Test
  void iouAgreesWithCountingPixels() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      Box a = onGrid(random);
      Box b = onGrid(random);
      int both = 0;
      int either = 0;
      for (int x = 0; x < 12; x++) {
        for (int y = 0; y < 12; y++) {
          boolean inA = holds(a, x, y);
          boolean inB = holds(b, x, y);
          both += inA && inB ? 1 : 0;
          either += inA || inB ? 1 : 0;
        }
      }

      assertThat(a.intersectionArea(b)).isEqualTo(both);
      assertThat(a.iou(b)).isCloseTo(either == 0 ? 0 : (double) both / either, within(1e-12));
    }
  }

  private static Box onGrid(Random random) {
    int x = random.nextInt(10);
    int y = random.nextInt(10);
    return new Box(x, y, x + random.nextInt(13 - x), y + random.nextInt(13 - y));
  }

  private static boolean holds(Box box, int x, int y) {
    return x >= box.x1() && x < box.x2() && y >= box.y1() && y < box.y2();
  }

  @Test
  void enclosingBoxHoldsBoth() {
    assertThat(new Box(0, 5, 2, 6).enclosing(new Box(1, 1, 9, 2))).isEqualTo(new Box(0, 1, 9, 6));
  }

  @Test
  void clampedBoxLiesInTheImage() {
    assertThat(new Box(-5, 3, 120, 90).clampedTo(100, 50)).isEqualTo(new Box(0, 3, 100, 50));
    assertThat(new Box(110, 60, 120, 90).clampedTo(100, 50)).isEqualTo(new Box(100, 50, 100, 50));
    assertThat(new Box(1, 2, 3, 4).clampedTo(100, 50)).isEqualTo(new Box(1, 2, 3, 4));
  }

  @Test
  void scaledAxisByAxis() {
    assertThat(new Box(1, 2, 3, 4).scaled(10, 0.5)).isEqualTo(new Box(10, 1, 30, 2));
  }

  @Test
  void refusesEdgesInTheWrongOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(2, 0, 1, 1))
        .withMessageContaining("x1 <= x2");
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 2, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0, 1, 1", "0, NaN, 1, 1", "0, 0, Infinity, 1", "0, 0, 1, NaN"})
  void refusesEdgesThatAreNotFinite(double x1, double y1, double x2, double y2) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(x1, y1, x2, y2))
        .withMessageContaining("finite");
  }
}
