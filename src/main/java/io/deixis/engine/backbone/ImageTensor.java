package io.deixis.engine.backbone;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.image.UprightImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
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
    return manager.getDevice().isGpu()
        ? resizedOnDevice(manager, source, input)
        : resized(manager, source, input);
  }

  /** A quarter of the bytes reaches the device. */
  static NDArray resizedOnDevice(NDManager manager, UprightImage source, BackboneSpec.Input input) {
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

  /**
   * The same to the last bit on a CPU, in a third of the time: each row is resized once, and
   * written in place.
   */
  private static NDArray resized(NDManager manager, UprightImage source, BackboneSpec.Input input) {
    int width = input.width();
    int height = input.height();
    NDArray tensor = manager.create(new Shape(1, 3, height, width), DataType.FLOAT32);
    FloatBuffer values = tensor.toByteBuffer(true).asFloatBuffer();
    Triangles columns = Triangles.of(source.width(), width);
    Triangles rows = Triangles.of(source.height(), height);
    float[][] resized = new float[rows.taps()][3 * width];
    float[] row = new float[3 * width];
    int done = 0;
    for (int y = 0; y < height; y++) {
      int first = rows.first[y];
      float[] shares = rows.shares[y];
      for (; done < first + shares.length; done++) {
        resize(source, done, columns, resized[done % resized.length]);
      }
      Arrays.fill(row, 0);
      for (int i = 0; i < shares.length; i++) {
        add(resized[(first + i) % resized.length], shares[i], row);
      }
      for (int i = 0; i < row.length; i++) {
        row[i] /= 255;
      }
      for (int channel = 0; channel < 3; channel++) {
        values.put((channel * height + y) * width, row, channel * width, width);
      }
    }
    return tensor;
  }

  private static void add(float[] values, float share, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.fma(values[i], share, sums[i]);
    }
  }

  /** Resizes row {@code y} of the source to [3, columns]. */
  private static void resize(UprightImage source, int y, Triangles columns, float[] row) {
    byte[] rgb = source.rgb();
    int start = y * source.width();
    int width = columns.first.length;
    for (int x = 0; x < width; x++) {
      int at = 3 * (start + columns.first[x]);
      float red = 0;
      float green = 0;
      float blue = 0;
      for (float share : columns.shares[x]) {
        red = Math.fma(rgb[at] & 0xff, share, red);
        green = Math.fma(rgb[at + 1] & 0xff, share, green);
        blue = Math.fma(rgb[at + 2] & 0xff, share, blue);
        at += 3;
      }
      row[x] = red;
      row[width + x] = green;
      row[2 * width + x] = blue;
    }
  }

  /**
   * Which pixels of a line make each one of the resized line: bilinear, and where it becomes
   * shorter a triangle as wide as is needed not to alias, as PyTorch has it ({@code antialias}).
   *
   * @param first pixel that counts
   * @param shares of it and those that follow, 1 in all
   */
  private record Triangles(int[] first, float[][] shares) {

    static Triangles of(int from, int to) {
      Triangles triangles = new Triangles(new int[to], new float[to][]);
      float scale = (float) from / to;
      float reach = Math.max(1, scale);
      for (int i = 0; i < to; i++) {
        float centre = scale * (i + 0.5f);
        int first = Math.max(0, (int) (centre - reach + 0.5f));
        int last = Math.min(from, (int) (centre + reach + 0.5f));
        float[] shares = new float[last - first];
        float sum = 0;
        for (int j = 0; j < shares.length; j++) {
          shares[j] = Math.max(0, 1 - Math.abs((first + j - centre + 0.5f) * (1 / reach)));
          sum += shares[j];
        }
        for (int j = 0; j < shares.length; j++) {
          shares[j] /= sum;
        }
        triangles.first[i] = first;
        triangles.shares[i] = shares;
      }
      return triangles;
    }

    int taps() {
      return Arrays.stream(shares).mapToInt(each -> each.length).max().orElse(1);
    }
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
