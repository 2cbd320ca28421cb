package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.bundle.Sha256;
import io.deixis.engine.matching.HeadWeights;
import io.deixis.engine.phrase.SentenceEncoder;
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
import java.util.LinkedHashMap;
import java.util.Map;

/** Leaves the matching head with the projection and the vocabulary that it was trained with. */
final class HeadStage {

  private final TrainingJob job;
  private final Path graph;

  /**
   * Prepares the stage.
   *
   * @param job the training
   * @param graph of the backbone
   */
  HeadStage(TrainingJob job, Path graph) {
    this.job = job;
    this.graph = graph;
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
    TrainingViews heldOut = TrainingViews.plain(job.data(), job.heldOut());
    PhraseTable table;
    PhraseTable heldOutTable;
    try (SentenceEncoder encoder = SentenceEncoder.load(job.device())) {
      table = PhraseTable.encode(encoder, views.texts(), job.listener());
      heldOutTable = table.others(encoder, heldOut.texts(), job.listener());
    }
    HeadSettings chosen = settings.head();
    if (settings.positivesPerNegative() > 0) {
      float balanced = PairBalance.of(views.images(), features).positiveWeight();
      chosen = chosen.withPositiveWeight((float) (balanced * settings.positivesPerNegative()));
    }
    HeldOutRecall recall =
        new HeldOutRecall(heldOut.images(), heldOutFeatures, heldOutTable, job.device());
    Map<String, float[]> weights =
        new HeadTraining(chosen, features, table, job.listener())
            .run(
                views.epochs(),
                job.device(),
                checkpoints,
                new Validation(recall::of, settings.patience()));
    return tensors(weights, table, stage.projection());
  }

  private static Map<String, Safetensors.Tensor> tensors(
      Map<String, float[]> weights, PhraseTable table, ProjectionFile projection)
      throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    HeadWeights.shapes(table.rows())
        .forEach(
            (name, shape) ->
                tensors.put(name, Safetensors.Tensor.of(shape.getShape(), weights.get(name))));
    tensors.put(ModelBundle.VOCABULARY, table.vocabulary());
    tensors.putAll(projection.tensors());
    return tensors;
  }
}
