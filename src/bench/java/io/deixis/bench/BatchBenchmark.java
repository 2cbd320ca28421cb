package io.deixis.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.torch.TorchEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a pass of the backbone costs for each of its images, when it has one, two, four or eight:
 * whether it pays to put the images of several requests into one pass. Sizes take turns, so that
 * what else the machine does meets all alike; the median counts.
 *
 * <p>System properties: {@code bench.threads} (of one operation, 1), {@code bench.passes} (of each
 * size, 25), {@code bench.device} ({@code auto}).
 */
public final class BatchBenchmark {

  private static final int[] SIZES = {1, 2, 4, 8};
  private static final int WARM_UP = 3;

  private BatchBenchmark() {}

  /** Measures all sizes and prints a table. */
  public static void main(String... arguments) {
    Path root = Path.of(System.getProperty("bench.root", "."));
    int threads = Integer.getInteger("bench.threads", 1);
    int passes = Integer.getInteger("bench.passes", 25);
    TorchEngine engine = TorchEngine.start(threads);
    Device device = engine.device(System.getProperty("bench.device", "auto"));
    Path graph = root.resolve("models/deixis-small").resolve(ModelBundle.BACKBONE);
    double[][] milliseconds = new double[SIZES.length][passes];
    try (VisualBackbone backbone =
        VisualBackbone.load(Architecture.startingFrom(graph).backbone(), graph, device, false)) {
      for (int pass = -WARM_UP; pass < passes; pass++) {
        for (int size = 0; size < SIZES.length; size++) {
          double taken = milliseconds(backbone, SIZES[size]);
          if (pass >= 0) {
            milliseconds[size][pass] = taken;
          }
        }
      }
    }
    System.out.printf("%n%s, %d threads of one pass, %d passes each%n", device, threads, passes);
    for (int size = 0; size < SIZES.length; size++) {
      Arrays.sort(milliseconds[size]);
      double median = milliseconds[size][passes / 2];
      System.out.printf(
          Locale.ROOT,
          "  %d images: %7.1f ms a pass, %6.1f ms an image%n",
          SIZES[size],
          median,
          median / SIZES[size]);
    }
  }

  /** Reading the boxes waits until the pass is done, on a GPU too. */
  private static double milliseconds(VisualBackbone backbone, int images) {
    BackboneSpec.Input input = backbone.spec().input();
    try (NDManager manager = backbone.manager().newSubManager()) {
      NDArray pixels =
          manager.randomUniform(0, 1, new Shape(images, 3, input.height(), input.width()));
      long start = System.nanoTime();
      backbone.forward(pixels, false).boxes().toFloatArray();
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
