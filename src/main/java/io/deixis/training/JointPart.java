package io.deixis.training;

import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.features.FeatureExtraction;
import io.deixis.training.joint.JointStage;
import io.deixis.training.loop.Trainer;
import io.deixis.training.matching.HeldOutRecall;
import io.deixis.training.proposals.GraphArchive;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import io.deixis.training.work.StageResult;
import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Leaves backbone and head trained together, in a folder of their own. */
final class JointPart {

  private static final String FOLDER = "joint";

  private final TrainingJob job;
  private final StageResult backbone;
  private final List<StageResult> heads;
  private final PhrasePart phrases;
  private final Map<String, float[]> regions;

  /**
   * Prepares the part.
   *
   * @param job the training
   * @param backbone the graph to start from
   * @param heads the heads to start from; a single one if there is an epoch to train
   * @param phrases to learn from
   */
  JointPart(TrainingJob job, StageResult backbone, List<StageResult> heads, PhrasePart phrases) {
    this.job = job;
    this.backbone = backbone;
    this.heads = List.copyOf(heads);
    this.phrases = phrases;
    this.regions = new TensorFile(heads.get(0).file()).regions(job.architecture().regions());
  }

  /**
   * Returns backbone and heads; those given if there is no epoch to train, and those that are there
   * already as they are.
   */
  List<StageResult> run() throws IOException {
    if (job.settings().joint().plan().epochs() == 0) {
      List<StageResult> given = new ArrayList<>(List.of(backbone));
      given.addAll(heads);
      return given;
    }
    Files.createDirectories(job.work(FOLDER));
    Fingerprint fingerprint =
        new Fingerprint()
            .with("joint settings", job.settings().joint())
            // Phrases are drawn and weighted as the head's are.
            .with("head settings", job.settings().head())
            .with("architecture", job.architecture().inFullPrecision())
            .with("backbone", backbone.hash())
            .with("head", heads.get(0).hash())
            .with("data", job.fingerprint(job.training()));
    StageResult graph = job.result(FOLDER + "/" + ModelBundle.BACKBONE, fingerprint);
    StageResult head = job.result(FOLDER + "/" + ModelBundle.HEAD, fingerprint);
    if (graph.isDone() && head.isDone()) {
      return List.of(graph, head);
    }
    graph.begin();
    head.begin();
    Checkpoints checkpoints = job.checkpoints(JointStage.NAME, fingerprint);
    // A checkpoint that does not fit is refused before phrases are encoded for it.
    checkpoints.latest();
    Map<String, float[]> weights;
    Map<String, String> found;
    try (VisualBackbone start = job.backbone(backbone.file(), true);
        JointStage stage = stage(start)) {
      weights = whole(new Trainer(checkpoints, job.listener()).fit(stage));
      found = job.settings().head().positiveWeight().found(stage.positiveWeight());
    }
    GraphArchive.write(
        job.architecture().backbone(), backbone.file(), job.device(), weights, graph.file());
    graph.finish();
    Map<String, Safetensors.Tensor> tensors = tensors(weights);
    AtomicFile.replace(head.file(), partial -> Safetensors.write(partial, tensors));
    head.finish(found);
    checkpoints.delete();
    return List.of(graph, head);
  }

  private JointStage stage(VisualBackbone start) {
    return new JointStage(
        job.data(),
        job.architecture(),
        job.settings().joint(),
        job.settings().head(),
        phrases.training(),
        TrainingViews.plain(job.data(), job.training(), job.siblings())
            .weighted(job.settings().head().rarity())
            .images(),
        new JointStage.Start(start, head(), regions),
        this::heldOutRecall);
  }

  /** Adds what of the head is not trained, as it was. */
  private Map<String, float[]> whole(Map<String, float[]> trained) {
    Map<String, float[]> all = new LinkedHashMap<>(head());
    all.putAll(trained);
    return all;
  }

  private Map<String, float[]> head() {
    return new TensorFile(heads.get(0).file()).head(job.architecture().matcherType());
  }

  private Map<String, Safetensors.Tensor> tensors(Map<String, float[]> weights) {
    Map<String, Safetensors.Tensor> tensors =
        TensorFile.of(job.architecture().matcherType(), weights, phrases.training());
    tensors.putAll(TensorFile.of(job.architecture().regions(), regions(weights)));
    return tensors;
  }

  /** Returns what regions are described by, as it is trained; what is not stays as it was. */
  private Map<String, float[]> regions(Map<String, float[]> weights) {
    Map<String, float[]> trained = new LinkedHashMap<>(regions);
    trained.replaceAll((name, before) -> weights.getOrDefault(name, before));
    return trained;
  }

  private OptionalDouble heldOutRecall(Map<String, float[]> weights) {
    Path drafted = job.work(FOLDER).resolve("draft.pt");
    Path features = job.work(FOLDER).resolve("features-held-out");
    try {
      GraphArchive.write(
          job.architecture().backbone(), backbone.file(), job.device(), weights, drafted);
      String hash = Sha256.of(drafted);
      try (VisualBackbone graph = job.frozen(drafted)) {
        new FeatureExtraction(job.data(), graph, job.listener())
            .run(job.heldOut(), false, regions(weights), hash, features);
      }
      return new HeldOutRecall(
              job.architecture().matcherType(),
              phrases.heldOutImages().images(),
              FeatureCache.open(features, hash),
              phrases.heldOut(),
              job.device())
          .of(whole(weights));
    } catch (IOException e) {
      throw TrainingException.storage(features, e);
    }
  }
}
