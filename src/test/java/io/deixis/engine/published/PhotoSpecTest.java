package io.deixis.engine.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.engine.image.UprightImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotoSpecTest {

  /** A processor's {@code max_height} and {@code max_width} hold in a larger graph as well. */
  @ParameterizedTest(name = "a photo of {0}x{1} gets {3}x{2} pixels")
  @CsvSource({"200,136,64,94", "136,200,64,43", "20,10,48,96", "10,300,64,2"})
  void isNoLargerThanItsProcessorMakesItWhateverTheGraphTakes(
      int width, int height, int rows, int columns) {
    PhotoSpec.Pixels pixels =
        new PhotoSpec(
                PhotoSpec.Fit.INSIDE,
                PhotoSpec.Filter.BILINEAR,
                64,
                96,
                0,
                0,
                64,
                96,
                1,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0))
            .sized(80, 128)
            .prepare(new UprightImage(width, height, new byte[3 * width * height]));
    assertThat(List.of(pixels.height(), pixels.width())).containsExactly(80, 128);
    assertThat(List.of(pixels.filledHeight(), pixels.filledWidth()))
        .containsExactly((double) rows, (double) columns);
  }

  /** What PyTorch makes of it, which adds a product before rounding: 82.50001 becomes 83. */
  @Test
  void isResizedAsPyTorchDoesItToTheLastStep() {
    int[] grey = {60, 13, 220, 150, 6, 44, 225, 196};
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) grey[i / 3];
    }
    PhotoSpec.Pixels pixels =
        new PhotoSpec(
                PhotoSpec.Fit.SQUASH,
                PhotoSpec.Filter.BILINEAR,
                1,
                5,
                0,
                0,
                0,
                0,
                1,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0))
            .prepare(new UprightImage(grey.length, 1, rgb));
    assertThat(pixels.pixels()).startsWith(41, 153, 83, 84, 208);
  }
}
