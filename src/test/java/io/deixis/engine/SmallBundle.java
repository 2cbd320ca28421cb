package io.deixis.engine;

import io.deixis.engine.backbone.TinyGraph;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.RandomWeights;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.engine.region.RegionWeights;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A bundle of a model that works and has learnt nothing. */
public final class SmallBundle {

  /** The bundle's name, that of its folder. */
  public static final String NAME = "small";

  private SmallBundle() {}

  /** Writes the bundle into a folder of its name in {@code models} and seals it. */
  public static Path write(Path models) throws IOException {
    return write(models, NAME);
  }

  /** Writes the bundle into a folder called {@code name}. */
  public static Path write(Path models, String name) throws IOException {
    return write(models, name, head());
  }

  /** Writes a bundle with the given weights of projection and head. */
  static Path write(Path models, Map<String, Safetensors.Tensor> head) throws IOException {
    return write(models, NAME, head);
  }

  private static Path write(Path models, String name, Map<String, Safetensors.Tensor> head)
      throws IOException {
    Path bundle = Files.createDirectories(models.resolve(name));
    TinyGraph.write(bundle.resolve(ModelBundle.BACKBONE));
    Safetensors.write(bundle.resolve(ModelBundle.HEAD), head);
    ModelBundle.seal(
        bundle,
        new BundleManifest(
            BundleManifest.SCHEMA,
            name,
            "1",
            "A model that has learnt nothing.",
            "Apache-2.0",
            Map.of(),
            Architecture.STANDARD,
            null,
            Calibration.IDENTITY,
            Map.of("best", 0.4, "default", 0.5),
            Map.of(),
            Map.of()));
    return bundle;
  }

  /** Returns weights of projection and head by name, random ones. */
  static Map<String, Safetensors.Tensor> head() {
    long[] vocabulary = {1037, 2482, 3899}; // a, car, dog
    Map<String, Safetensors.Tensor> head = new LinkedHashMap<>();
    Map<String, float[]> weights = RandomWeights.of(vocabulary.length + 1, 1);
    Architecture.STANDARD
        .matcherType()
        .shapes(vocabulary.length + 1)
        .forEach(
            (name, shape) ->
                head.put(name, Safetensors.Tensor.of(shape.getShape(), weights.get(name))));
    head.put(ModelBundle.VOCABULARY, Safetensors.Tensor.of(vocabulary));
    RegionFeatures regions = Architecture.STANDARD.regions();
    head.put(
        RegionWeights.mean(0),
        Safetensors.Tensor.of(
            new long[] {regions.appearanceSizes().get(0)},
            new float[regions.appearanceSizes().get(0)]));
    float[] basis =
        new float
            [regions.appearanceSizes().get(0) * regions.backbone().regions().get(0).projection()];
    Random random = new Random(2);
    for (int i = 0; i < basis.length; i++) {
      basis[i] = (float) (random.nextGaussian() * 0.02);
    }
    head.put(
        RegionWeights.basis(0),
        Safetensors.Tensor.of(
            new long[] {
              regions.appearanceSizes().get(0), regions.backbone().regions().get(0).projection()
            },
            basis));
    return head;
  }
}
