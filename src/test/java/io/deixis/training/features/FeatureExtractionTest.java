package io.deixis.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.region.Candidates;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.engine.region.RegionWeights;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.images.Augmentation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TorchExtension.class)
class FeatureExtractionTest {

  private static final RegionFeatures REGIONS = Architecture.STANDARD.regions();

  private static final int COLOURS = REGIONS.backbone().regions().get(0).projection() + 96 + 80;

  @TempDir private Path folder;

  @Test
  void describesEachImageAndItsSecondView(NDManager manager) throws IOException {
    new SyntheticDataset(2, 0, 0, 4).write(folder.resolve("data"));
    GroundingDataset data = DatasetFormat.open(folder.resolve("data"));
    List<String> ids = data.split("train");
    TinyGraph.write(folder.resolve("tiny.pt"));
    Map<String, float[]> fit = nothing();
    List<TrainingListener.Progress> steps = new ArrayList<>();
    int row = TinyGraph.QUERIES + 1;
    float[] second;

    try (VisualBackbone backbone =
        VisualBackbone.load(
            Architecture.STANDARD.backbone(), folder.resolve("tiny.pt"), Device.cpu(), false)) {
      int before = backbone.manager().getManagedArrays().size();
      new FeatureExtraction(data, backbone, steps::add)
          .run(ids, true, fit, "tiny", folder.resolve("features"));

      assertThat(backbone.manager().getManagedArrays()).hasSize(before);
      second = describedBySecondView(manager, backbone, fit, data.image(ids.get(0)), ids.get(0));
    }

    FeatureCache cache = FeatureCache.open(folder.resolve("features"), "tiny");
    assertThat(cache.header().keys())
        .containsExactly(ids.get(0), ids.get(0) + "-second", ids.get(1), ids.get(1) + "-second");
    assertThat(cache.header().candidates()).isEqualTo(Candidates.count(TinyGraph.QUERIES));
    assertThat(cache.header().featureSize()).isEqualTo(REGIONS.size());
    assertThat(steps).hasSize(2);

    // the second view is described as the augmented image would be by itself
    float[] left = colours(manager, cache, ids.get(0) + "-second", row);
    assertThat(left).containsExactly(second, within(2e-3f));
    assertThat(left).isNotEqualTo(colours(manager, cache, ids.get(0), row));
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    new SyntheticDataset(36, 0, 0, 4).write(folder.resolve("data"));
    GroundingDataset data = DatasetFormat.open(folder.resolve("data"));
    List<String> ids = data.split("train");
    TinyGraph.write(folder.resolve("tiny.pt"));
    Map<String, float[]> fit = nothing();
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    List<Long> steps = new ArrayList<>();

    try (VisualBackbone backbone =
        VisualBackbone.load(
            Architecture.STANDARD.backbone(), folder.resolve("tiny.pt"), Device.cpu(), false)) {
      new FeatureExtraction(data, backbone, TrainingListener.SILENT)
          .run(ids, true, fit, "tiny", whole);
      TrainingListener killer =
          progress -> {
            if (progress.done() == 34) {
              throw new IllegalStateException("killed");
            }
          };
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  new FeatureExtraction(data, backbone, killer)
                      .run(ids, true, fit, "tiny", stopped));
      new FeatureExtraction(data, backbone, progress -> steps.add(progress.done()))
          .run(ids, true, fit, "tiny", stopped);
    }

    assertThat(steps).containsExactly(33L, 34L, 35L, 36L);
    for (String file : whole.toFile().list()) {
      assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  private static Map<String, float[]> nothing() {
    Map<String, float[]> weights = new HashMap<>();
    REGIONS
        .shapes()
        .forEach((name, shape) -> weights.put(name, new float[Math.toIntExact(shape.size())]));
    return weights;
  }

  private static float[] describedBySecondView(
      NDManager manager, VisualBackbone backbone, Map<String, float[]> fit, Path file, String id)
      throws IOException {
    UprightImage image = new ImageDecoder(1 << 20, 1 << 20).decode(Files.readAllBytes(file));
    NDArray shown = Augmentation.ofSecondView(id).apply(manager, image, backbone.spec().input());
    BackboneOutput maps = backbone.forward(shown, false).image(0);
    RegionWeights weights =
        RegionWeights.of(REGIONS, (name, shape) -> manager.create(fit.get(name), shape));
    NDArray described = REGIONS.describe(shown.get(0), maps, Candidates.of(maps), weights);
    float[] prior = described.get(TinyGraph.QUERIES + 1).toFloatArray();
    return Arrays.copyOfRange(prior, COLOURS, COLOURS + 27);
  }

  private static float[] colours(NDManager manager, FeatureCache cache, String key, int row) {
    ByteBuffer half = manager.allocateDirect(REGIONS.size() * Short.BYTES);
    cache.features(key, new int[] {row}, half);
    float[] described =
        manager
            .create(half.flip(), new Shape(REGIONS.size()), DataType.FLOAT16)
            .toType(DataType.FLOAT32, true)
            .toFloatArray();
    return Arrays.copyOfRange(described, COLOURS, COLOURS + 27);
  }
}
