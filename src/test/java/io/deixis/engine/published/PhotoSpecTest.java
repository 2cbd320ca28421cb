package io.deixis.engine.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    assertThat(squashed(PhotoSpec.Filter.BILINEAR, grey, 8, 1, 5)).startsWith(41, 153, 83, 84, 208);
  }

  /** Its bicubic weights are whole numbers made of double ones; single ones give 196. */
  @Test
  void bicubicWeightsAreThoseOfPyTorch() {
    int[] grey = {17, 205, 132, 239, 75, 13, 249, 147, 236, 20, 213, 29};
    assertThat(squashed(PhotoSpec.Filter.BICUBIC, grey, 12, 1, 11))
        .startsWith(31, 195, 158, 199, 25, 134, 196, 216, 62, 184, 45);
  }

  private static final int[] GRID = {
    0, 70, 30, 130, 120, 0, 130, 230, 220, 100, 120, 30, 10, 140, 160, 70, 120, 60, 140, 50, 100,
    40, 120, 90, 20, 210, 40, 10, 120, 120, 150, 120, 230, 230, 120, 150
  };

  @Test
  void nearestPixelsAreThoseOfPyTorch() {
    assertThat(squashed(PhotoSpec.Filter.NEAREST, GRID, 6, 4, 4))
        .startsWith(0, 30, 130, 0, 10, 160, 70, 60, 140, 100, 40, 90, 150, 230, 230, 150);
  }

  /** What Owlv2ImageProcessor of transformers 5.24 makes of it. */
  @Test
  void sidesOfOwlv2AreBlurredAsItsLibraryDoes() {
    float[] expected = {189.77f, 185.63f, 127.78f, 86.90f, 113.27f, 86.43f, 68.15f, 102.81f};
    float[] pixels = squashed(PhotoSpec.Filter.BLURRED, GRID, 6, 2, 4);
    for (int i = 0; i < expected.length; i++) {
      assertThat(pixels[i]).isCloseTo(expected[i], within(0.01f));
    }
  }

  /** Returns the red pixels first, row by row. */
  private static float[] squashed(
      PhotoSpec.Filter filter, int[] grey, int columns, int height, int width) {
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) grey[i / 3];
    }
    return new PhotoSpec(
            PhotoSpec.Fit.SQUASH,
            filter,
            height,
            width,
            0,
            0,
            0,
            0,
            1,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0))
        .prepare(new UprightImage(columns, grey.length / columns, rgb))
        .pixels();
  }
}
