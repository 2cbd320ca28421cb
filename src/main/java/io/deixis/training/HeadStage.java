package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.bundle.Sha256;
import io.deixis.engine.matching.HeadWeights;
import io.deixis.training.checkpoint.AtomicFile;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.checkpoint.Fingerprint;
import io.deixis.training.checkpoint.StageResult;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.HeadTraining;
import io.deixis.training.matching.HeldOutRecall;
import io.deixis.training.matching.PairBalance;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.matching.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Leaves the matching head with the projection and the vocabulary that it was trained with. */
final class HeadStage {

  private final TrainingJob job;
  private final Path graph;
  private final PhraseStage phrases;

  /**
   * Prepares the stage.
   *
   * @param job the training
   * @param graph of the backbone
   * @param phrases to learn from
   */
  HeadStage(TrainingJob job, Path graph, PhraseStage phrases) {
    this.job = job;
    this.graph = graph;
    this.phrases = phrases;
  }

  /**
   * Returns the head's file; one that is there already is taken as it is, and no features are
   * needed then.
   */
  Path run() throws IOException {
    Path file = job.work(ModelBundle.HEAD);
    Fingerprint fingerprint =
        job.fingerprint(
            "settings", job.settings().toString(),
            "architecture", HeadWeights.shapes(0).toString(),
            "backbone", Sha256.of(graph));
    StageResult result = new StageResult(file, fingerprint);
    if (result.isDone()) {
      return file;
    }
    result.begin();
    Checkpoints checkpoints = job.checkpoints(HeadTraining.STAGE, fingerprint);
    // A checkpoint that does not fit is refused before features are extracted for it.
    checkpoints.latest();
    Map<String, Safetensors.Tensor> head = train(new FeatureStage(job, graph), checkpoints);
    AtomicFile.replace(file, partial -> Safetensors.write(partial, head));
    checkpoints.delete();
    return file;
  }

  private Map<String, Safetensors.Tensor> train(FeatureStage stage, Checkpoints checkpoints)
      throws IOException {
    FeatureCache features = stage.training();
    FeatureCache heldOutFeatures = stage.heldOut();
    BundleSettings settings = job.settings();
    TrainingViews views =
        settings.mirrored()
            ? TrainingViews.mirrored(job.data(), job.training(), settings.head().seed())
            : TrainingViews.plain(job.data(), job.training());
    PhraseTable table = phrases.training();
    HeadSettings chosen = settings.head();
    if (settings.positivesPerNegative() > 0) {
      float balanced = PairBalance.of(views.images(), features).positiveWeight();
      chosen = chosen.withPositiveWeight((float) (balanced * settings.positivesPerNegative()));
    }
    HeldOutRecall recall =
        new HeldOutRecall(
            phrases.heldOutImages().images(), heldOutFeatures, phrases.heldOut(), job.device());
    Map<String, float[]> weights =
        new HeadTraining(chosen, features, table, job.listener())
            .run(
                views.epochs(),
                job.device(),
                checkpoints,
                new Validation(recall::of, settings.patience()));
    Map<String, Safetensors.Tensor> tensors =
        HeadFile.tensors(weights, table.rows(), table.vocabulary());
    tensors.putAll(stage.projection().tensors());
    return tensors;
  }
}
