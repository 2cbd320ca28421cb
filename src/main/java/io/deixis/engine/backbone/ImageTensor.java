package io.deixis.engine.backbone;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.image.UprightImage;
import java.nio.ByteBuffer;
import java.util.List;

/** Pixels as a backbone takes them. */
public final class ImageTensor {

  private static final int BILINEAR = Image.Interpolation.BILINEAR.ordinal();

  private ImageTensor() {}

  /**
   * Returns the image squashed to a backbone's input: float32 [1, 3, height, width], RGB in [0, 1].
   * Images more than twice that size are reduced by area averages before the bilinear step, so that
   * large photos do not alias.
   */
  public static NDArray of(NDManager manager, UprightImage image, BackboneSpec.Input input) {
    UprightImage source = image.reducedFor(input.width(), input.height());
    ByteBuffer pixels = manager.allocateDirect(source.rgb().length);
    pixels.put(source.rgb()).flip();
    NDArray hwc =
        manager
            .create(pixels, new Shape(source.height(), source.width(), 3), DataType.UINT8)
            .toType(DataType.FLOAT32, true);
    return hwc.getNDArrayInternal()
        .resize(input.width(), input.height(), BILINEAR)
        .transpose(2, 0, 1)
        .expandDims(0)
        .div(255f);
  }

  /** Returns images in [0, 1] as a graph takes them: less the mean, divided by the deviation. */
  static NDArray normalised(NDArray images, BackboneSpec.Input input) {
    return input.isPlain()
        ? images
        : images.sub(perChannel(images, input.mean())).div(perChannel(images, input.std()));
  }

  private static NDArray perChannel(NDArray images, List<Float> values) {
    float[] all = {values.get(0), values.get(1), values.get(2)};
    return images.getManager().create(all, new Shape(1, 3, 1, 1));
  }
}
