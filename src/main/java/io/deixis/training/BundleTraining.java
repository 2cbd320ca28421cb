package io.deixis.training;

import ai.djl.Device;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.backbone.Backbone;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.bundle.Sha256;
import io.deixis.engine.matching.HeadWeights;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.evaluation.Calibration;
import io.deixis.training.checkpoint.AtomicFile;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.checkpoint.DataFingerprint;
import io.deixis.training.checkpoint.Fingerprint;
import io.deixis.training.checkpoint.StageResult;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.features.FeatureExtraction;
import io.deixis.training.features.PrincipalComponents;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.HeadTraining;
import io.deixis.training.matching.HeldOutRecall;
import io.deixis.training.matching.PairBalance;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.matching.TrainingPhrase;
import io.deixis.training.matching.Validation;
import io.deixis.training.monitor.RunLog;
import io.deixis.training.monitor.TrainingException;
import io.deixis.training.monitor.TrainingListener;
import io.deixis.training.proposals.ProposalTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes a bundle from a data set: fine-tunes proposals and backbone, caches region features, trains
 * the matching head on them, then calibrates it. Each stage leaves its result in the work folder;
 * one that is there already is not done again, and one that was stopped goes on from its
 * checkpoint.
 */
public final class BundleTraining {

  private static final String PROJECTION = "projection.safetensors";

  private final Flickr30kEntities data;
  private final BundleSettings settings;
  private final Device device;
  private final TrainingPaths paths;
  private final int checkpointSteps;
  private final String software;

  /**
   * Prepares a training.
   *
   * @param data what to train on
   * @param settings how
   * @param device where to compute
   * @param paths where to read and write
   * @param checkpointSteps steps between two checkpoints
   * @param software the program and its version, for the bundle's provenance
   */
  public BundleTraining(
      Flickr30kEntities data,
      BundleSettings settings,
      Device device,
      TrainingPaths paths,
      int checkpointSteps,
      String software) {
    this.data = data;
    this.settings = settings;
    this.device = device;
    this.paths = paths;
    this.checkpointSteps = checkpointSteps;
    this.software = software;
  }

  /**
   * Trains and writes the bundle.
   *
   * @param listener told how it goes, besides the logs in the work folder
   * @return the sealed bundle
   * @throws TrainingException if something is missing or cannot be written, the work folder holds
   *     another training, the memory is too small, or the loss is no longer a finite number
   */
  public ModelBundle run(TrainingListener listener) {
    List<String> all = data.split("train");
    if (all.size() <= settings.heldOut()) {
      throw new TrainingException(
          "The training split has %d images, of which %d are held out for calibration; hold out fewer with --held-out."
              .formatted(all.size(), settings.heldOut()),
          null);
    }
    checkImages(all);
    try {
      Files.createDirectories(paths.work());
      try (RunLog log = new RunLog(paths.work())) {
        return run(all, log.with(listener));
      }
    } catch (IOException e) {
      throw new TrainingException(
          TrainingException.Reason.STORAGE,
          "A file of the training cannot be read or written (%s); check the disk's space and rights."
              .formatted(e.getMessage()),
          e);
    } catch (OutOfMemoryError e) {
      throw new TrainingException(
          TrainingException.Reason.MEMORY,
          "The heap of %d MB is too small; set JAVA_OPTS=-Xmx4g, or train with a smaller --batch."
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  private void checkImages(List<String> ids) {
    List<String> missing = ids.stream().filter(id -> !Files.isRegularFile(data.image(id))).toList();
    if (!missing.isEmpty()) {
      throw new TrainingException(
          "%d of the %d images in the training split are missing, the first of them %s; put them there or take them out of the split list."
              .formatted(missing.size(), ids.size(), data.image(missing.get(0))),
          null);
    }
  }

  private ModelBundle run(List<String> all, TrainingListener listener) throws IOException {
    List<String> heldOut = all.subList(0, settings.heldOut());
    List<String> training = all.subList(settings.heldOut(), all.size());
    String fingerprint = DataFingerprint.of(data, all);
    Path backbone = backbone(training, fingerprint, listener);
    Path head = head(backbone, training, heldOut, fingerprint, listener);
    Map<String, String> provenance =
        Provenance.of(settings, software, fingerprint, Sha256.of(paths.start()));
    return tuned(List.of(backbone, head), heldOut, provenance, listener);
  }

  private Path backbone(List<String> training, String dataFingerprint, TrainingListener listener)
      throws IOException {
    Path file = paths.work().resolve(ModelBundle.BACKBONE);
    Fingerprint fingerprint =
        new Fingerprint(
            parts(
                "proposal settings", settings.proposals().toString(),
                "the graph to start from", Sha256.of(paths.start()),
                "data", dataFingerprint));
    StageResult result = new StageResult(file, fingerprint);
    if (result.isDone()) {
      return file;
    }
    result.begin();
    List<String> tuned =
        training.subList(0, Math.min(settings.proposals().images(), training.size()));
    if (tuned.isEmpty()) {
      AtomicFile.replace(file, partial -> copy(paths.start(), partial));
      return file;
    }
    Checkpoints checkpoints = checkpoints(ProposalTraining.STAGE, fingerprint);
    new ProposalTraining(data, settings.proposals(), listener)
        .run(paths.start(), device, tuned, checkpoints, file);
    checkpoints.delete();
    return file;
  }

  private Path head(
      Path backbone,
      List<String> training,
      List<String> heldOut,
      String dataFingerprint,
      TrainingListener listener)
      throws IOException {
    Path file = paths.work().resolve(ModelBundle.HEAD);
    Fingerprint fingerprint =
        new Fingerprint(
            parts(
                "settings", settings.toString(),
                "architecture", HeadWeights.shapes(0).toString(),
                "backbone", Sha256.of(backbone),
                "data", dataFingerprint));
    StageResult result = new StageResult(file, fingerprint);
    if (result.isDone()) {
      return file;
    }
    result.begin();
    Checkpoints checkpoints = checkpoints(HeadTraining.STAGE, fingerprint);
    // A checkpoint that does not fit is refused before features are extracted for it.
    checkpoints.latest();
    FeatureCache features = features(backbone, training, listener);
    FeatureCache heldOutFeatures = heldOutFeatures(backbone, heldOut, listener);
    Map<String, Safetensors.Tensor> tensors =
        head(features, heldOutFeatures, training, heldOut, checkpoints, listener);
    AtomicFile.replace(file, partial -> Safetensors.write(partial, tensors));
    checkpoints.delete();
    return file;
  }

  private Checkpoints checkpoints(String stage, Fingerprint fingerprint) {
    return new Checkpoints(
        paths.work().resolve(stage + ".checkpoint"), fingerprint, checkpointSteps);
  }

  private FeatureCache features(Path graph, List<String> ids, TrainingListener listener)
      throws IOException {
    Path directory = paths.work().resolve("features");
    String fingerprint = Sha256.of(graph);
    List<String> keys = new ArrayList<>();
    for (String id : ids) {
      keys.add(FeatureExtraction.key(id, false));
      if (settings.mirrored()) {
        keys.add(FeatureExtraction.key(id, true));
      }
    }
    if (!FeatureCache.isComplete(directory, fingerprint, keys)) {
      try (Backbone backbone = Backbone.load(graph, device, false)) {
        FeatureExtraction extraction = new FeatureExtraction(data, backbone, listener);
        PrincipalComponents.Fit fit =
            extraction.fitProjection(
                ids.subList(0, Math.min(settings.projectionImages(), ids.size())));
        AtomicFile.replace(projection(), partial -> writeProjection(partial, fit));
        extraction.run(ids, settings.mirrored(), fit, fingerprint, directory);
      }
    }
    return FeatureCache.open(directory, fingerprint);
  }

  private FeatureCache heldOutFeatures(Path graph, List<String> ids, TrainingListener listener)
      throws IOException {
    Path directory = paths.work().resolve("features-held-out");
    String fingerprint = Sha256.of(graph) + " " + Sha256.of(projection());
    if (!FeatureCache.isComplete(directory, fingerprint, ids)) {
      Map<String, Safetensors.Tensor> tensors = Safetensors.read(projection());
      PrincipalComponents.Fit fit =
          new PrincipalComponents.Fit(
              tensors.get(ModelBundle.PROJECTION_MEAN).floats(),
              tensors.get(ModelBundle.PROJECTION_BASIS).floats(),
              Double.NaN);
      try (Backbone backbone = Backbone.load(graph, device, false)) {
        new FeatureExtraction(data, backbone, listener)
            .run(ids, false, fit, fingerprint, directory);
      }
    }
    return FeatureCache.open(directory, fingerprint);
  }

  private Path projection() {
    return paths.work().resolve(PROJECTION);
  }

  private static void writeProjection(Path file, PrincipalComponents.Fit fit) throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        ModelBundle.PROJECTION_MEAN,
        Safetensors.Tensor.of(new long[] {RegionFeatures.APPEARANCE}, fit.mean()));
    tensors.put(
        ModelBundle.PROJECTION_BASIS,
        Safetensors.Tensor.of(
            new long[] {RegionFeatures.APPEARANCE, RegionFeatures.PROJECTED}, fit.basis()));
    Safetensors.write(file, tensors);
  }

  private Map<String, Safetensors.Tensor> head(
      FeatureCache features,
      FeatureCache heldOutFeatures,
      List<String> ids,
      List<String> heldOutIds,
      Checkpoints checkpoints,
      TrainingListener listener)
      throws IOException {
    List<TrainingImage> images = images(ids);
    List<TrainingImage> heldOut = images(heldOutIds);
    List<List<TrainingImage>> views = views(images);
    PhraseTable table;
    PhraseTable heldOutTable;
    try (SentenceEncoder encoder = SentenceEncoder.load(device)) {
      table = PhraseTable.encode(encoder, texts(views), listener);
      heldOutTable = table.others(encoder, texts(List.of(heldOut)), listener);
    }
    HeadSettings chosen = settings.head();
    if (settings.balanced()) {
      chosen = chosen.withPositiveWeight(PairBalance.of(images, features).positiveWeight());
    }
    HeldOutRecall recall = new HeldOutRecall(heldOut, heldOutFeatures, heldOutTable, device);
    Map<String, float[]> weights =
        new HeadTraining(chosen, features, table, listener)
            .run(views, device, checkpoints, new Validation(recall::of, settings.patience()));
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    HeadWeights.shapes(table.rows())
        .forEach(
            (name, shape) ->
                tensors.put(name, Safetensors.Tensor.of(shape.getShape(), weights.get(name))));
    tensors.put(ModelBundle.VOCABULARY, table.vocabulary());
    tensors.putAll(Safetensors.read(projection()));
    return tensors;
  }

  private List<TrainingImage> images(List<String> ids) {
    return ids.stream()
        .map(id -> TrainingImage.of(data.read(id)))
        .filter(image -> !image.phrases().isEmpty())
        .toList();
  }

  /** Without mirrors every epoch sees the images; with them, epochs take turns for each image. */
  private List<List<TrainingImage>> views(List<TrainingImage> images) {
    if (!settings.mirrored()) {
      return List.of(images);
    }
    Random random = new Random(settings.head().seed());
    List<TrainingImage> odd = new ArrayList<>();
    List<TrainingImage> even = new ArrayList<>();
    for (TrainingImage image : images) {
      boolean mirrorFirst = random.nextBoolean();
      odd.add(mirrorFirst ? image.mirrored() : image);
      even.add(mirrorFirst ? image : image.mirrored());
    }
    return List.of(odd, even);
  }

  private static Set<ContextualPhrase> texts(List<List<TrainingImage>> views) {
    Set<ContextualPhrase> texts = new HashSet<>();
    for (List<TrainingImage> view : views) {
      for (TrainingImage image : view) {
        for (TrainingPhrase phrase : image.phrases()) {
          texts.add(phrase.alone());
          texts.addAll(phrase.sayings());
        }
        image.relations().stream().map(TrainingPhrase::alone).forEach(texts::add);
      }
    }
    return texts;
  }

  /** Tunes a draft in the work folder, so that no bundle is seen before it is whole. */
  private ModelBundle tuned(
      List<Path> files,
      List<String> heldOut,
      Map<String, String> provenance,
      TrainingListener listener)
      throws IOException {
    Path draft = paths.work().resolve("draft");
    assemble(files, draft);
    ModelBundle.seal(draft, manifest(Calibration.IDENTITY, Map.of(), Map.of(), provenance));
    Tuning.Result tuning;
    try (GroundingModel model = GroundingModel.load(ModelBundle.open(draft), device)) {
      tuning = new Tuning(data, model, listener).run(heldOut);
    }
    Map<String, Double> thresholds = new LinkedHashMap<>();
    thresholds.put("best", tuning.best().threshold());
    thresholds.put("default", 0.5);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("held-out precision", tuning.best().matrix().precision());
    metrics.put("held-out recall", tuning.best().matrix().recall());
    metrics.put("held-out f1", tuning.best().matrix().f1());
    metrics.put("held-out absence auroc", tuning.absence());
    assemble(files, paths.bundle());
    ModelBundle.seal(
        paths.bundle(), manifest(tuning.calibration(), thresholds, metrics, provenance));
    return ModelBundle.open(paths.bundle());
  }

  /** Copies files to a bundle's folder; a manifest of what was there before goes first. */
  private static void assemble(List<Path> files, Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(ModelBundle.MANIFEST));
    for (Path file : files) {
      AtomicFile.replace(folder.resolve(file.getFileName()), partial -> copy(file, partial));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, String> parts(String... namesAndTexts) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      parts.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return parts;
  }

  private BundleManifest manifest(
      Calibration calibration,
      Map<String, Double> thresholds,
      Map<String, Double> metrics,
      Map<String, String> provenance) {
    return new BundleManifest(
        BundleManifest.SCHEMA,
        paths.name(),
        settings.version(),
        "Query proposals and region features of a small backbone, matched with MiniLM phrases;"
            + " trained on Flickr30k Entities.",
        "Apache-2.0; trained on Flickr30k images, which are for non-commercial research and"
            + " education",
        Map.of(),
        Map.of(),
        calibration,
        thresholds,
        metrics,
        provenance);
  }
}
