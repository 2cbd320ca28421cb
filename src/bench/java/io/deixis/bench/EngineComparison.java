package io.deixis.bench;

import ai.djl.Device;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.torch.Precision;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Encodes one photo by turns with ONNX Runtime and with PyTorch, in one process, and prints what a
 * photo takes with each, by the clock, and the ratio of the medians. Others that use the machine
 * slow both, as they take turns.
 *
 * <p>Arguments: the bundle's folder (models/deixis-small); rounds (30). Run from the repository's
 * root.
 */
public final class EngineComparison {

  private static final Path PHOTO = Path.of("web/public/examples/astronaut.jpg");
  private static final int WARM_UP = 20;

  private EngineComparison() {}

  /** Compares. */
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "models/deixis-small");
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    TorchEngine.start(1);
    ModelBundle bundle = ModelBundle.open(folder);
    UprightImage photo = new ImageDecoder(1 << 24, 1 << 24).decode(Files.readAllBytes(PHOTO));
    List<BackboneRuntime> runtimes = List.of(BackboneRuntime.ONNXRUNTIME, BackboneRuntime.PYTORCH);
    double[][] millis = new double[runtimes.size()][rounds];
    try (GroundingModel onnx = load(bundle, runtimes.get(0));
        GroundingModel torch = load(bundle, runtimes.get(1))) {
      List<GroundingModel> models = List.of(onnx, torch);
      for (int round = -WARM_UP; round < rounds; round++) {
        for (int i = 0; i < models.size(); i++) {
          double taken = encode(models.get(i), photo);
          if (round >= 0) {
            millis[i][round] = taken;
          }
        }
      }
    }
    for (int i = 0; i < runtimes.size(); i++) {
      System.out.printf(Locale.ROOT, "%-12s %6.1f ms%n", runtimes.get(i), median(millis[i]));
    }
    System.out.printf(Locale.ROOT, "ratio        %6.2f%n", median(millis[0]) / median(millis[1]));
  }

  private static GroundingModel load(ModelBundle bundle, BackboneRuntime runtime) {
    return GroundingModel.load(bundle, Device.cpu(), Precision.FLOAT32, runtime);
  }

  private static double encode(GroundingModel model, UprightImage photo) {
    long before = System.nanoTime();
    model.encode(photo);
    return (System.nanoTime() - before) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
