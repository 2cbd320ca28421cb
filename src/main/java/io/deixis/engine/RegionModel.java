package io.deixis.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.matching.Contrast;
import io.deixis.engine.matching.Ensemble;
import io.deixis.engine.matching.ExpectedHits;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.engine.phrase.RivalEncoder;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.region.Candidates;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.engine.region.RegionWeights;
import io.deixis.engine.torch.MixedPrecision;
import io.deixis.engine.torch.Precision;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model trained here: image to candidate regions, phrases to vectors, both matched. */
public final class RegionModel implements GroundingModel {

  private static final int WARM_UP_PASSES = 3;

  private final BundleManifest manifest;
  private final NDManager manager;
  private final VisualBackbone backbone;
  private final RegionFeatures regionFeatures;
  private final MixedPrecision precision;
  private final PhraseEncoder encoder;
  private final RivalEncoder withRivals;
  private final RegionWeights regionWeights;
  private final Ensemble ensemble;

  private RegionModel(
      BundleManifest manifest,
      NDManager manager,
      VisualBackbone backbone,
      MixedPrecision precision,
      PhraseEncoder encoder,
      List<Map<String, Safetensors.Tensor>> heads) {
    this.manifest = manifest;
    this.manager = manager;
    this.backbone = backbone;
    this.regionFeatures = manifest.architecture().regions();
    this.precision = precision;
    this.encoder = encoder;
    this.withRivals = new RivalEncoder(encoder, manifest.architecture().matcher().rivals());
    Map<String, Safetensors.Tensor> tensors = heads.get(0);
    this.regionWeights =
        RegionWeights.of(regionFeatures, (name, shape) -> tensor(tensors, name, shape));
    this.ensemble = new Ensemble(heads.stream().map(this::head).toList());
  }

  private Ensemble.Member head(Map<String, Safetensors.Tensor> tensors) {
    PieceVocabulary vocabulary = new PieceVocabulary(tensors.get(ModelBundle.VOCABULARY).longs());
    Map<String, NDArray> weights = new HashMap<>();
    MatcherType type = manifest.architecture().matcherType();
    type.shapes(vocabulary.rows())
        .forEach((name, shape) -> weights.put(name, tensor(tensors, name, shape)));
    return new Ensemble.Member(type.create(weights), vocabulary);
  }

  /** Loads the model of a bundle, as {@link GroundingModel#load} does. */
  static RegionModel load(
      ModelBundle bundle, Device device, Precision precision, BackboneRuntime runtime) {
    VisualBackbone backbone =
        (precision == Precision.FLOAT32 ? runtime : runtime.orPyTorch())
            .load(
                bundle.manifest().architecture().backbone(),
                bundle.file(ModelBundle.BACKBONE),
                device);
    try {
      return load(bundle, device, backbone, MixedPrecision.of(precision, device));
    } catch (RuntimeException e) {
      backbone.close();
      throw e;
    }
  }

  private static RegionModel load(
      ModelBundle bundle, Device device, VisualBackbone backbone, MixedPrecision precision) {
    PhraseEncoder encoder =
        PhraseEncoder.load(bundle.manifest().architecture().phraseEncoder(), device);
    NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME);
    try {
      List<Map<String, Safetensors.Tensor>> heads = new ArrayList<>();
      for (Path head : bundle.heads()) {
        Map<String, Safetensors.Tensor> tensors = Safetensors.read(head);
        if (!tensors.values().stream().allMatch(Safetensors.Tensor::isFinite)) {
          throw new IOException("weights that are no numbers");
        }
        heads.add(tensors);
      }
      return new RegionModel(bundle.manifest(), manager, backbone, precision, encoder, heads);
    } catch (IOException | RuntimeException e) {
      manager.close();
      encoder.close();
      throw new BundleException(
          "The weights in " + bundle.directory() + " cannot be read", "restore the folder.", e);
    }
  }

  @Override
  public BundleManifest manifest() {
    return manifest;
  }

  @Override
  public UprightImage reduced(UprightImage image) {
    return image.reducedFor(input().width(), input().height());
  }

  private BackboneSpec.Input input() {
    return backbone.spec().input();
  }

  @Override
  public void warmUp() {
    BackboneSpec.Input input = input();
    byte[] grey = new byte[3 * input.width() * input.height()];
    Arrays.fill(grey, (byte) 127);
    UprightImage image = new UprightImage(input.width(), input.height(), grey);
    try {
      for (int i = 0; i < WARM_UP_PASSES; i++) {
        match(encode(image), List.of(ContextualPhrase.alone("a grey square")));
      }
    } catch (IllegalArgumentException noBox) {
      throw new BundleException(
          "The model " + manifest.name() + " finds boxes whose edges are no numbers",
          "restore its folder.",
          noBox);
    }
  }

  @Override
  public List<ImageFeatures> encode(List<UprightImage> images, Stopwatch watch) {
    try (NDManager request = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray pixels = pixels(request, images);
      BackboneOutput maps = precision.run(() -> backbone.forward(pixels, false));
      List<Candidates> candidates = new ArrayList<>();
      List<float[]> boxes = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        candidates.add(Candidates.of(maps.image(i)));
        boxes.add(candidates.get(i).boxes().toFloatArray());
      }
      watch.lap("backbone");
      List<ImageFeatures> features = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        UprightImage image = images.get(i);
        List<float[]> regions = regions(pixels.get(i), maps.image(i), candidates.get(i));
        features.add(new ImageFeatures(image.width(), image.height(), boxes.get(i), regions));
      }
      watch.lap("regions");
      return features;
    }
  }

  private NDArray pixels(NDManager manager, List<UprightImage> images) {
    NDList tensors = new NDList();
    images.forEach(image -> tensors.add(ImageTensor.of(manager, image, input())));
    return tensors.size() == 1 ? tensors.get(0) : NDArrays.concat(tensors);
  }

  private List<float[]> regions(NDArray pixels, BackboneOutput maps, Candidates candidates) {
    return ensemble.regions(regionFeatures.describe(pixels, maps, candidates, regionWeights));
  }

  @Override
  public EncodedPhrases encode(List<ContextualPhrase> phrases) {
    return withRivals.encode(phrases);
  }

  @Override
  public List<PhraseMatches> match(ImageFeatures image, EncodedPhrases encoded) {
    try (NDManager request = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Ensemble.Output output = ensemble.match(request, image.regions(), encoded);
      NDArray boxes = request.create(image.boxes(), new Shape(1, 1, image.count(), 4));
      NDArray refined = BoxTensors.refine(boxes, output.offsets()).get(new NDIndex(0));
      NDArray logits = output.logits().get(new NDIndex(0));
      return read(image, Contrast.applied(logits.toFloatArray(), image.count(), encoded), refined);
    }
  }

  private static List<PhraseMatches> read(ImageFeatures image, float[] allLogits, NDArray refined) {
    int count = image.count();
    int phrases = allLogits.length / count;
    float[] allBoxes = refined.toFloatArray();
    List<PhraseMatches> matches = new ArrayList<>(phrases);
    for (int p = 0; p < phrases; p++) {
      float[] ofPhrase = new float[count];
      List<Box> boxes = new ArrayList<>(count);
      for (int n = 0; n < count; n++) {
        ofPhrase[n] = allLogits[p * count + n];
        boxes.add(box(allBoxes, (p * count + n) * 4, image.width(), image.height()));
      }
      matches.add(ranked(boxes, ofPhrase));
    }
    return matches;
  }

  /**
   * Ranks candidates for a phrase by {@link ExpectedHits}.
   *
   * @param boxes refined candidates
   * @param logits as many
   */
  public static PhraseMatches ranked(List<Box> boxes, float[] logits) {
    List<ExpectedHits.Ranked> ranks = ExpectedHits.rank(boxes, logits);
    return new PhraseMatches(
        ranks.stream().map(rank -> boxes.get(rank.candidate())).toList(),
        ranks.stream().map(ExpectedHits.Ranked::logit).toList(),
        ranks.stream().map(rank -> logits[rank.candidate()]).toList());
  }

  /** Returns the unrefined candidates, the backbone's own first. */
  @Override
  public List<Box> candidates(ImageFeatures image) {
    List<Box> boxes = new ArrayList<>(image.count());
    for (int n = 0; n < image.count(); n++) {
      boxes.add(box(image.boxes(), n * 4, image.width(), image.height()));
    }
    return boxes;
  }

  private static Box box(float[] values, int at, int width, int height) {
    return new Box(
            values[at],
            values[at + 1],
            Math.max(values[at], values[at + 2]),
            Math.max(values[at + 1], values[at + 3]))
        .scaled(width, height)
        .clampedTo(width, height);
  }

  private NDArray tensor(Map<String, Safetensors.Tensor> tensors, String name, Shape shape) {
    Safetensors.Tensor tensor = tensors.get(name);
    if (tensor == null
        || tensor.floats() == null
        || !Arrays.equals(tensor.shape(), shape.getShape())) {
      throw new IllegalArgumentException("no weights called " + name + " of shape " + shape);
    }
    return manager.create(tensor.floats(), shape);
  }

  @Override
  public void close() {
    manager.close();
    encoder.close();
    backbone.close();
  }
}
