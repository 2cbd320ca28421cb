package io.deixis.engine.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.torch.TorchExtension;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TorchExtension.class)
class ImageTensorTest {

  private static final BackboneSpec.Input INPUT = new BackboneSpec.Input(96, 64, null, null);

  /** An image whose left half is orange and whose right half is white. */
  private static UprightImage image(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      boolean left = i % width < width / 2;
      rgb[i * 3] = (byte) 255;
      rgb[i * 3 + 1] = (byte) (left ? 51 : 255);
      rgb[i * 3 + 2] = (byte) (left ? 0 : 255);
    }
    return new UprightImage(width, height, rgb);
  }

  @ParameterizedTest
  @CsvSource({"96, 64", "2, 1", "40, 900", "2000, 1000"})
  void squashesAnySizeToTheInput(int width, int height, NDManager manager) {
    NDArray tensor = ImageTensor.of(manager, image(width, height), INPUT);

    assertThat(tensor.getShape()).isEqualTo(new Shape(1, 3, 64, 96));
    assertThat(tensor.get("0, :, 32, 5").toFloatArray())
        .containsExactly(new float[] {1, .2f, 0}, within(1e-5f));
    assertThat(tensor.get("0, :, 32, 90").toFloatArray())
        .containsExactly(new float[] {1, 1, 1}, within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource({"96, 64", "131, 77", "40, 90", "7, 5", "96, 1"})
  void resizesAsTheEngineDoes(int width, int height, NDManager manager) {
    byte[] rgb = new byte[3 * width * height];
    new Random(5).nextBytes(rgb);
    UprightImage image = new UprightImage(width, height, rgb);

    NDArray tensor = ImageTensor.of(manager, image, INPUT);

    NDArray expected = ImageTensor.resizedOnDevice(manager, image, INPUT);
    assertThat(tensor.getShape()).isEqualTo(expected.getShape());
    assertThat((double) tensor.sub(expected).abs().max().getFloat()).isLessThan(1e-6);
  }
}
