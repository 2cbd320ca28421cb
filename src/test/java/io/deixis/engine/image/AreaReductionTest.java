package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaReductionTest {

  @Test
  void returnsSmallImagesThemselves() {
    UprightImage image = noise(831, 100);

    assertThat(image.reducedFor(416, 416)).isSameAs(image);
  }

  @ParameterizedTest
  @CsvSource({
    // width, height, reduced width, reduced height; target 100x100
    "200, 199, 100, 199",
    "199, 200, 199, 100",
    "250, 350, 125, 117",
    "1000, 1001, 100, 101",
    "4032, 3024, 101, 101",
    "50, 5000, 50, 100"
  })
  void reducesEachAxisByItsOwnFactor(int width, int height, int toWidth, int toHeight) {
    UprightImage reduced = noise(width, height).reducedFor(100, 100);

    assertThat(reduced.width()).isEqualTo(toWidth);
    assertThat(reduced.height()).isEqualTo(toHeight);
  }

  @Test
  void averagesBoxes() {
    byte[] rgb = {
      0, 10, -1, 2, 20, -1, 4, 30, 0, 6, 40, 0, //
      1, 10, -1, 3, 20, -1, 5, 30, 0, 8, 40, 0
    };

    UprightImage reduced = new AreaReduction(2, 2).apply(new UprightImage(4, 2, rgb));

    // (0 + 2 + 1 + 3) / 4 = 1.5 and (4 + 6 + 5 + 8) / 4 = 5.75, rounded half up
    assertThat(reduced.rgb()).containsExactly(2, 15, -1, 6, 35, 0);
  }

  @Test
  void spreadsWhatDoesNotDivideOverAllColumns() {
    byte[] rgb = new byte[3 * 5];
    for (int x = 0; x < 5; x++) {
      rgb[3 * x] = (byte) (10 * x);
    }

    UprightImage reduced = new AreaReduction(2, 1).apply(new UprightImage(5, 1, rgb));

    // Columns from 0, floor(5 / 3) = 1 and floor(10 / 3) = 3 on.
    assertThat(reduced.width()).isEqualTo(3);
    assertThat(reduced.rgb()).containsExactly(0, 0, 0, 15, 0, 0, 35, 0, 0);
  }

  @Test
  void keepsTheMean() {
    UprightImage image = noise(600, 400);

    assertThat(mean(image.reducedFor(100, 100))).isCloseTo(mean(image), within(0.5));
  }

  @Test
  void refusesAnEmptyTarget() {
    assertThatIllegalArgumentException().isThrownBy(() -> noise(2, 2).reducedFor(0, 1));
  }

  private static UprightImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(7).nextBytes(rgb);
    return new UprightImage(width, height, rgb);
  }

  private static double mean(UprightImage image) {
    double sum = 0;
    for (byte value : image.rgb()) {
      sum += value & 0xFF;
    }
    return sum / image.rgb().length;
  }
}
