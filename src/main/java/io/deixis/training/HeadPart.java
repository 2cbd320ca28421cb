package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Safetensors;
import io.deixis.engine.matching.MatcherType;
import io.deixis.files.AtomicFile;
import io.deixis.training.loop.Plan;
import io.deixis.training.loop.Trainer;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.HeldOutRecall;
import io.deixis.training.matching.MatchingStage;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import io.deixis.training.work.StageResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leaves the matching heads with the projection and the vocabulary that they were trained with. */
final class HeadPart {

  private final TrainingJob job;
  private final StageResult backbone;
  private final PhrasePart phrases;
  private final FeaturePart features;

  /**
   * Prepares the part.
   *
   * @param job the training
   * @param backbone its graph
   * @param phrases to learn from
   */
  HeadPart(TrainingJob job, StageResult backbone, PhrasePart phrases) {
    this.job = job;
    this.backbone = backbone;
    this.phrases = phrases;
    this.features = new FeaturePart(job, backbone.file());
  }

  /**
   * Returns the heads that judge together; one that is there already is taken as it is, and if all
   * are, no features are needed.
   */
  List<StageResult> run() throws IOException {
    List<StageResult> heads = new ArrayList<>();
    for (int member = 0; member < job.settings().heads(); member++) {
      heads.add(run(member));
    }
    return heads;
  }

  private StageResult run(int member) throws IOException {
    HeadSettings settings = ofMember(member);
    StageResult result = job.result(ModelBundle.head(member), fingerprint(settings));
    if (result.isDone()) {
      new TensorFile(result.file()).head(type()); // one of another architecture is refused
      return result;
    }
    result.begin();
    String name = member == 0 ? MatchingStage.NAME : MatchingStage.NAME + "-" + (member + 1);
    Checkpoints checkpoints = job.checkpoints(name, result.fingerprint());
    // A checkpoint that does not fit is refused before features are extracted for it.
    checkpoints.latest();
    try (MatchingStage stage = stage(member, name, settings)) {
      Map<String, float[]> weights =
          new LinkedHashMap<>(new Trainer(checkpoints, job.listener()).fit(stage));
      weights.putAll(features.given(type()));
      Map<String, Safetensors.Tensor> head = TensorFile.of(type(), weights, phrases.training());
      if (member == 0) {
        head.putAll(features.projection().read());
      }
      head.replaceAll((tensor, values) -> values.halved());
      AtomicFile.replace(result.file(), partial -> Safetensors.write(partial, head));
      result.finish(settings.positiveWeight().found(stage.positiveWeight()));
    }
    checkpoints.delete();
    return result;
  }

  /** Returns what a head follows from: nothing of the stages that come after it is in it. */
  private Fingerprint fingerprint(HeadSettings settings) throws IOException {
    Fingerprint fingerprint =
        new Fingerprint()
            .with("head settings", settings)
            .with("second view", job.settings().secondView())
            .with("other words", job.settings().otherWords())
            .with("projection images", job.settings().projectionImages())
            .with("patience", job.settings().patience())
            .with("architecture", job.architecture().inFullPrecision())
            .with("backbone", backbone.hash())
            .with("data", job.fingerprint(job.training()));
    if (job.parent().isPresent()) {
      fingerprint = fingerprint.with("the bundle to go on from", job.parent().get().hash());
    }
    // The images held out decide with which epoch an early stop ends.
    return job.settings().patience() == 0
        ? fingerprint
        : fingerprint.with("images held out", job.fingerprint(job.heldOut()));
  }

  private MatcherType type() {
    return job.architecture().matcherType();
  }

  /** Returns the settings of a head, which differ from those of the others in the seed alone. */
  private HeadSettings ofMember(int member) {
    Plan plan = job.settings().head().plan();
    return job.settings().head().with(plan.withSeed(plan.seed() + member));
  }

  private MatchingStage stage(int member, String name, HeadSettings settings) throws IOException {
    TrainingViews views =
        job.settings().secondView()
            ? TrainingViews.mirrored(
                job.data(),
                job.training(),
                job.siblings(),
                job.settings().otherWords(),
                settings.plan().seed())
            : TrainingViews.plain(job.data(), job.training(), job.siblings());
    PhraseTable table = phrases.training();
    Map<String, float[]> start = new LinkedHashMap<>();
    job.parent().ifPresent(parent -> start.putAll(parent.head(member, type(), table)));
    start.putAll(features.given(type()));
    return new MatchingStage(
        name,
        settings,
        type(),
        start,
        features.training(),
        table,
        views.weighted(settings.rarity()).epochs(),
        new HeldOutRecall(
            type(),
            phrases.heldOutImages().images(),
            features.heldOut(),
            phrases.heldOut(),
            job.device()),
        job.settings().patience(),
        job.device());
  }
}
