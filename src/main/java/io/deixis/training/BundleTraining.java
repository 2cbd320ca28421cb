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
import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.evaluation.Calibration;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.features.FeatureExtraction;
import io.deixis.training.features.PrincipalComponents;
import io.deixis.training.matching.HeadTraining;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.matching.TrainingPhrase;
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
 * the matching head on them, then calibrates it. Each stage leaves its result in the work folder,
 * and one that is there already is not done again.
 */
public final class BundleTraining {

  private static final String PROJECTION = "projection.safetensors";

  private final Flickr30kEntities data;
  private final BundleSettings settings;
  private final Device device;
  private final TrainingListener listener;

  /** Prepares a training. */
  public BundleTraining(
      Flickr30kEntities data, BundleSettings settings, Device device, TrainingListener listener) {
    this.data = data;
    this.settings = settings;
    this.device = device;
    this.listener = listener;
  }

  /**
   * Trains and writes the bundle.
   *
   * @param start the TorchScript graph to start from
   * @param work folder for what the stages leave
   * @param bundle folder to write; its name is the bundle's name
   * @return the sealed bundle
   * @throws TrainingException if something is missing or the loss is no longer a finite number
   */
  public ModelBundle run(Path start, Path work, Path bundle) {
    List<String> all = data.split("train");
    if (all.size() <= settings.heldOut()) {
      throw new TrainingException(
          "The training split has %d images, of which %d are held out for calibration; hold out fewer with --held-out."
              .formatted(all.size(), settings.heldOut()),
          null);
    }
    List<String> heldOut = all.subList(0, settings.heldOut());
    List<String> training = all.subList(settings.heldOut(), all.size());
    try {
      Files.createDirectories(work);
      Files.createDirectories(bundle);
      Path backbone = work.resolve(ModelBundle.BACKBONE);
      if (!Files.exists(backbone)) {
        List<String> tuned =
            training.subList(0, Math.min(settings.proposals().images(), training.size()));
        new ProposalTraining(data, settings.proposals(), listener)
            .run(start, device, tuned, backbone);
      }
      Path head = work.resolve(ModelBundle.HEAD);
      if (!Files.exists(head)) {
        FeatureCache features = features(backbone, training, work);
        Path partial = work.resolve(ModelBundle.HEAD + ".partial");
        Safetensors.write(partial, head(features, training, work));
        Files.move(partial, head, StandardCopyOption.ATOMIC_MOVE);
      }
      for (String file : List.of(ModelBundle.BACKBONE, ModelBundle.HEAD)) {
        Files.copy(work.resolve(file), bundle.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      return tuned(bundle, heldOut);
    } catch (IOException e) {
      throw new TrainingException(
          "A file of the training cannot be read or written (%s); check the disk's space and rights."
              .formatted(e.getMessage()),
          e);
    }
  }

  private FeatureCache features(Path graph, List<String> ids, Path work) throws IOException {
    Path directory = work.resolve("features");
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
        writeProjection(work.resolve(PROJECTION), fit);
        extraction.run(ids, settings.mirrored(), fit, fingerprint, directory);
      }
    }
    return FeatureCache.open(directory, fingerprint);
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

  private Map<String, Safetensors.Tensor> head(FeatureCache features, List<String> ids, Path work)
      throws IOException {
    List<TrainingImage> images =
        ids.stream()
            .map(id -> TrainingImage.of(data.read(id)))
            .filter(image -> !image.phrases().isEmpty())
            .toList();
    List<List<TrainingImage>> views = views(images);
    PhraseTable table;
    try (SentenceEncoder encoder = SentenceEncoder.load(device)) {
      table = PhraseTable.encode(encoder, texts(views), listener);
    }
    Map<String, float[]> weights =
        new HeadTraining(settings.head(), features, table, listener)
            .run(views, device, (epoch, averages) -> {});
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    HeadWeights.shapes(table.rows())
        .forEach(
            (name, shape) ->
                tensors.put(name, Safetensors.Tensor.of(shape.getShape(), weights.get(name))));
    tensors.put(ModelBundle.VOCABULARY, table.vocabulary());
    tensors.putAll(Safetensors.read(work.resolve(PROJECTION)));
    return tensors;
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

  private static Set<String> texts(List<List<TrainingImage>> views) {
    Set<String> texts = new HashSet<>();
    for (List<TrainingImage> view : views) {
      for (TrainingImage image : view) {
        image.phrases().stream().map(TrainingPhrase::text).forEach(texts::add);
        image.relations().stream().map(TrainingPhrase::text).forEach(texts::add);
      }
    }
    return texts;
  }

  private ModelBundle tuned(Path bundle, List<String> heldOut) throws IOException {
    ModelBundle.seal(bundle, manifest(bundle, Calibration.IDENTITY, Map.of(), Map.of()));
    Tuning.Result tuning;
    try (GroundingModel model = GroundingModel.load(ModelBundle.open(bundle), device)) {
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
    ModelBundle.seal(bundle, manifest(bundle, tuning.calibration(), thresholds, metrics));
    return ModelBundle.open(bundle);
  }

  private BundleManifest manifest(
      Path bundle,
      Calibration calibration,
      Map<String, Double> thresholds,
      Map<String, Double> metrics) {
    return new BundleManifest(
        BundleManifest.SCHEMA,
        bundle.toAbsolutePath().normalize().getFileName().toString(),
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
        provenance());
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put(
        "backbone", "initialised from DEIMv2-Femto, trained on COCO by its authors, Apache-2.0");
    provenance.put("phrase encoder", "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0");
    provenance.put("data", "Flickr30k Entities (Plummer et al., 2015)");
    provenance.put("settings", settings.toString());
    return provenance;
  }
}
