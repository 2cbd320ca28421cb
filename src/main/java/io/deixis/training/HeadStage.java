package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.MatcherType;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leaves the matching head with the projection and the vocabulary that it was trained with. */
final class HeadStage {

  private final TrainingJob job;
  private final Path graph;
  private final PhraseStage phrases;
  private final FeatureStage features;

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
    this.features = new FeatureStage(job, graph);
  }

  /**
   * Returns the files of the heads that judge together; one that is there already is taken as it
   * is, and if all are, no features are needed.
   */
  List<Path> run() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int member = 0; member < job.settings().heads(); member++) {
      files.add(run(member));
    }
    return files;
  }

  private Path run(int member) throws IOException {
    Path file = job.work(ModelBundle.head(member));
    HeadSettings settings = ofMember(member);
    Fingerprint fingerprint =
        job.fingerprint(
            // One head more leaves those that are there as they are.
            "settings", job.settings().withHeads(1).toString(),
            "head", settings.toString(),
            "architecture", job.architecture().toString(),
            "backbone", Sha256.of(graph));
    StageResult result = new StageResult(file, fingerprint);
    if (result.isDone()) {
      new HeadFile(file).weights(type()); // one of another architecture, given by hand, is refused
      return file;
    }
    result.begin();
    Checkpoints checkpoints = job.checkpoints(stage(member), fingerprint);
    // A checkpoint that does not fit is refused before features are extracted for it.
    checkpoints.latest();
    Map<String, Safetensors.Tensor> head = train(stage(member), settings, checkpoints);
    if (member == 0) {
      head.putAll(features.projection().tensors());
    }
    AtomicFile.replace(file, partial -> Safetensors.write(partial, head));
    result.finish();
    checkpoints.delete();
    return file;
  }

  private MatcherType type() {
    return job.architecture().matcherType();
  }

  /** Returns the settings of a head, which differ from those of the others in the seed alone. */
  private HeadSettings ofMember(int member) {
    HeadSettings first = job.settings().head();
    return first.withSeed(first.seed() + member);
  }

  private static String stage(int member) {
    return member == 0 ? HeadTraining.STAGE : HeadTraining.STAGE + "-" + (member + 1);
  }

  private Map<String, Safetensors.Tensor> train(
      String name, HeadSettings own, Checkpoints checkpoints) throws IOException {
    FeatureCache cache = features.training();
    FeatureCache heldOutFeatures = features.heldOut();
    BundleSettings settings = job.settings();
    TrainingViews views =
        settings.mirrored()
            ? TrainingViews.mirrored(job.data(), job.training(), own.seed())
            : TrainingViews.plain(job.data(), job.training());
    views = views.weighted(own.rarity());
    PhraseTable table = phrases.training();
    HeadSettings chosen = own;
    if (settings.positivesPerNegative() > 0) {
      float balanced = PairBalance.of(views.images(), cache).positiveWeight();
      chosen = chosen.withPositiveWeight((float) (balanced * settings.positivesPerNegative()));
    }
    HeldOutRecall recall =
        new HeldOutRecall(
            type(),
            phrases.heldOutImages().images(),
            heldOutFeatures,
            phrases.heldOut(),
            job.device());
    Map<String, float[]> weights =
        new HeadTraining(name, chosen, type(), cache, table, job.listener())
            .run(
                views.epochs(),
                job.device(),
                checkpoints,
                new Validation(recall::of, settings.patience()));
    return HeadFile.tensors(type(), weights, table.rows(), table.vocabulary());
  }
}
