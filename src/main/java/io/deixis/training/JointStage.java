package io.deixis.training;

import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import io.deixis.runlog.TrainingException;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.checkpoint.Fingerprint;
import io.deixis.training.checkpoint.StageResult;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.features.FeatureExtraction;
import io.deixis.training.features.PrincipalComponents;
import io.deixis.training.joint.JointSettings;
import io.deixis.training.joint.JointTraining;
import io.deixis.training.matching.HeldOutRecall;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.proposals.GraphArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Leaves backbone and head trained together, in a folder of their own. */
final class JointStage {

  private static final String FOLDER = "joint";

  private final TrainingJob job;
  private final Path graph;
  private final List<Path> heads;
  private final PhraseStage phrases;

  /**
   * Prepares the stage.
   *
   * @param job the training
   * @param graph of the backbone to start from
   * @param heads the heads to start from; a single one if there is an epoch to train
   * @param phrases to learn from
   */
  JointStage(TrainingJob job, Path graph, List<Path> heads, PhraseStage phrases) {
    this.job = job;
    this.graph = graph;
    this.heads = List.copyOf(heads);
    this.phrases = phrases;
  }

  /**
   * Returns the files of backbone and heads; those given if there is no epoch to train, and those
   * that are there already as they are.
   */
  List<Path> run() throws IOException {
    JointSettings settings = job.settings().joint();
    if (settings.epochs() == 0) {
      return Stream.concat(Stream.of(graph), heads.stream()).toList();
    }
    Path folder = Files.createDirectories(job.work(FOLDER));
    Path backboneFile = folder.resolve(ModelBundle.BACKBONE);
    Path headFile = folder.resolve(ModelBundle.HEAD);
    Fingerprint fingerprint =
        job.fingerprint(
            "joint settings", settings.toString(),
            "architecture", job.architecture().toString(),
            "backbone", Sha256.of(graph),
            "head", Sha256.of(head()));
    StageResult backboneResult = new StageResult(backboneFile, fingerprint);
    StageResult headResult = new StageResult(headFile, fingerprint);
    if (backboneResult.isDone() && headResult.isDone()) {
      return List.of(backboneFile, headFile);
    }
    backboneResult.begin();
    headResult.begin();
    Checkpoints checkpoints = job.checkpoints(JointTraining.STAGE, fingerprint);
    // A checkpoint that does not fit is refused before phrases are encoded for it.
    checkpoints.latest();
    Map<String, float[]> weights = train(settings, checkpoints);
    GraphArchive.write(job.architecture().backbone(), graph, job.device(), weights, backboneFile);
    backboneResult.finish();
    Map<String, Safetensors.Tensor> tensors = tensors(weights);
    AtomicFile.replace(headFile, partial -> Safetensors.write(partial, tensors));
    headResult.finish();
    checkpoints.delete();
    return List.of(backboneFile, headFile);
  }

  private Path head() {
    return heads.get(0);
  }

  private Map<String, float[]> train(JointSettings settings, Checkpoints checkpoints)
      throws IOException {
    PrincipalComponents.Fit fit = new ProjectionFile(head()).read(job.architecture().regions());
    try (VisualBackbone backbone =
        VisualBackbone.load(job.architecture().backbone(), graph, job.device(), true)) {
      return new JointTraining(
              job.data(),
              job.architecture(),
              settings,
              job.settings().head(),
              phrases.training(),
              job.listener())
          .run(
              backbone,
              new HeadFile(head()).weights(job.architecture().matcherType()),
              fit,
              TrainingViews.plain(job.data(), job.training())
                  .weighted(job.settings().head().rarity())
                  .images(),
              job.device(),
              checkpoints,
              this::judge);
    }
  }

  private Map<String, Safetensors.Tensor> tensors(Map<String, float[]> weights) throws IOException {
    PhraseTable table = phrases.training();
    Map<String, Safetensors.Tensor> tensors =
        new LinkedHashMap<>(
            HeadFile.tensors(
                job.architecture().matcherType(), weights, table.rows(), table.vocabulary()));
    tensors.putAll(ProjectionFile.tensors(fit(weights)));
    return tensors;
  }

  /** The projection's mean stays as it was. */
  private PrincipalComponents.Fit fit(Map<String, float[]> weights) throws IOException {
    return new PrincipalComponents.Fit(
        new ProjectionFile(head()).read(job.architecture().regions()).mean(),
        weights.get(ModelBundle.PROJECTION_BASIS),
        Double.NaN);
  }

  /** Tells the recall on the images held out. */
  private void judge(int epoch, long steps, Map<String, float[]> weights) {
    Path folder = job.work(FOLDER);
    Path drafted = folder.resolve("draft.pt");
    Path features = folder.resolve("features-held-out");
    try {
      GraphArchive.write(job.architecture().backbone(), graph, job.device(), weights, drafted);
      try (VisualBackbone backbone =
          VisualBackbone.load(job.architecture().backbone(), drafted, job.device(), false)) {
        new FeatureExtraction(job.data(), backbone, job.listener())
            .run(job.heldOut(), false, fit(weights), Sha256.of(drafted), features);
      }
      new HeldOutRecall(
              job.architecture().matcherType(),
              phrases.heldOutImages().images(),
              FeatureCache.open(features, Sha256.of(drafted)),
              phrases.heldOut(),
              job.device())
          .of(weights)
          .ifPresent(
              recall ->
                  job.listener()
                      .onEpoch(
                          new TrainingListener.Epoch(JointTraining.STAGE, epoch, steps, recall)));
    } catch (IOException e) {
      throw TrainingException.storage(folder, e);
    }
  }
}
