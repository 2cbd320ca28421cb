package io.deixis.training;

import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import io.deixis.training.features.ClassWords;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.features.FeatureExtraction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves the projection of region appearance, and the features of all images as backbone and
 * projection give them. Images may be shared out among machines that see the same work folder.
 */
final class FeaturePart {

  private static final Pattern SHARD = Pattern.compile("shard-\\d+-of-(\\d+)");

  /** What the projection was fitted on, in its file's metadata. */
  private static final String ORIGIN = "origin";

  private final TrainingJob job;
  private final Path graph;
  private final TensorFile projection;
  private FeatureCache training;
  private FeatureCache heldOut;

  /**
   * Prepares the part.
   *
   * @param job the training
   * @param graph of the backbone
   */
  FeaturePart(TrainingJob job, Path graph) {
    this.job = job;
    this.graph = graph;
    this.projection = new TensorFile(job.work("projection.safetensors"));
  }

  /** Returns the projection's file, which is there once {@link #fit} was called. */
  TensorFile projection() {
    return projection;
  }

  /**
   * Fits the projection on some of the images to train on, unless that is done; where the training
   * goes on from a bundle, regions are described as its heads know them.
   */
  void fit() throws IOException {
    if (job.parent().isPresent()) {
      ParentBundle parent = job.parent().get();
      keep(parent.hash(), () -> taken(parent));
      return;
    }
    List<String> ids =
        job.training()
            .subList(0, Math.min(job.settings().projectionImages(), job.training().size()));
    keep(
        graphOrigin() + " " + Sha256.of(String.join("\n", ids).getBytes(StandardCharsets.UTF_8)),
        () -> fitted(ids));
  }

  /** Writes the projection, unless the one of the same origin is there. */
  private void keep(String origin, Supplier<Map<String, float[]>> weights) throws IOException {
    if (Files.notExists(projection.path()) || !origin.equals(projection.metadata().get(ORIGIN))) {
      Map<String, Safetensors.Tensor> tensors = tensors(weights.get());
      AtomicFile.replace(
          projection.path(),
          partial -> Safetensors.write(partial, tensors, Map.of(ORIGIN, origin)));
    }
  }

  private Map<String, float[]> fitted(List<String> ids) {
    try (VisualBackbone backbone = job.frozen(graph);
        PhraseEncoder encoder =
            PhraseEncoder.load(job.architecture().phraseEncoder(), job.device())) {
      Map<String, float[]> weights =
          new FeatureExtraction(job.data(), backbone, job.listener()).fitProjection(ids);
      weights.putAll(ClassWords.of(backbone.spec(), encoder));
      return weights;
    }
  }

  private Map<String, float[]> taken(ParentBundle parent) {
    Map<String, float[]> weights = parent.first().regions(job.architecture().regions());
    Map<String, Safetensors.Tensor> all = parent.first().read();
    job.architecture()
        .matcherType()
        .given()
        .forEach(name -> weights.put(name, all.get(name).floats()));
    return weights;
  }

  /** Returns what regions are described by, and what leads phrases to the words of regions. */
  private Map<String, Safetensors.Tensor> tensors(Map<String, float[]> weights) {
    Map<String, Safetensors.Tensor> tensors = TensorFile.of(job.architecture().regions(), weights);
    MatcherType type = job.architecture().matcherType();
    Map<String, Shape> shapes = type.shapes(1);
    for (String given : type.given()) {
      tensors.put(given, Safetensors.Tensor.of(shapes.get(given).getShape(), weights.get(given)));
    }
    return tensors;
  }

  /** Returns the weights of a matcher that are not trained; the projection is fitted before. */
  Map<String, float[]> given(MatcherType type) throws IOException {
    fit();
    Map<String, Safetensors.Tensor> tensors = projection.read();
    Map<String, float[]> given = new LinkedHashMap<>();
    type.given().forEach(name -> given.put(name, tensors.get(name).floats()));
    return given;
  }

  /** Extracts the features of some of the images to train on. */
  void extract(Shard shard) throws IOException {
    if (Files.notExists(projection.path())) {
      throw TrainingJob.notPrepared(projection.path().getFileName());
    }
    cache(shard);
  }

  /**
   * Returns the features of the images to train on; the projection is fitted before. What shards
   * have left is taken, and what is missing of it is extracted. Opened at most once.
   */
  FeatureCache training() throws IOException {
    if (training == null) {
      fit();
      int shards = shards();
      List<FeatureCache> parts = new ArrayList<>();
      for (int i = 0; i < shards; i++) {
        parts.add(cache(new Shard(i, shards)));
      }
      training = FeatureCache.join(parts);
    }
    return training;
  }

  /** Returns the features of the images held out. Opened at most once. */
  FeatureCache heldOut() throws IOException {
    if (heldOut == null) {
      fit();
      heldOut =
          cache(
              job.work("features-held-out"),
              job.heldOut(),
              false,
              graphOrigin() + " " + Sha256.of(projection.path()));
    }
    return heldOut;
  }

  /** Features differ in their last digits by the engine that made them. */
  private String graphOrigin() throws IOException {
    StringBuilder origin = new StringBuilder(Sha256.of(graph));
    for (Path onnx : BackboneRuntime.graphsBeside(job.paths().start())) {
      origin.append(' ').append(Sha256.of(onnx));
    }
    if (job.parent().isPresent()) {
      origin.append(' ').append(job.parent().get().hash());
    }
    return origin.toString();
  }

  private FeatureCache cache(Shard shard) throws IOException {
    Path features = job.work("features");
    return cache(
        shard.count() == 1 ? features : features.resolve(shard.folder()),
        shard.of(job.training()),
        job.settings().secondView(),
        graphOrigin());
  }

  /** Returns into how many shards the work folder's features are divided. */
  private int shards() throws IOException {
    Path features = job.work("features");
    if (!Files.isDirectory(features)) {
      return 1;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(features)) {
      for (Path folder : folders) {
        Matcher shard = SHARD.matcher(folder.getFileName().toString());
        if (shard.matches()) {
          return Integer.parseInt(shard.group(1));
        }
      }
    }
    return 1;
  }

  private FeatureCache cache(Path directory, List<String> ids, boolean secondView, String origin)
      throws IOException {
    if (!FeatureCache.isComplete(directory, origin, FeatureExtraction.keys(ids, secondView))) {
      Map<String, float[]> weights = projection.regions(job.architecture().regions());
      try (VisualBackbone backbone = job.frozen(graph)) {
        new FeatureExtraction(job.data(), backbone, job.listener())
            .run(ids, secondView, weights, origin, directory);
      }
    }
    return FeatureCache.open(directory, origin);
  }
}
