package io.deixis.training;

import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import io.deixis.training.loop.Trainer;
import io.deixis.training.proposals.GraphArchive;
import io.deixis.training.proposals.ProposalSettings;
import io.deixis.training.proposals.ProposalStage;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.Fingerprint;
import io.deixis.training.work.StageResult;
import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Leaves the backbone's graph, fine-tuned with its proposals on the boxes of the data set. */
final class BackbonePart {

  private final TrainingJob job;
  private final List<String> tuned;

  BackbonePart(TrainingJob job) {
    this.job = job;
    int most = job.settings().proposals().images();
    this.tuned = job.training().subList(0, Math.min(most, job.training().size()));
  }

  /** Returns the graph; one that is there already is taken as it is. */
  StageResult run() throws IOException {
    Path start = job.paths().start();
    StageResult result = result();
    if (result.isDone()) {
      return result;
    }
    try (VisualBackbone given = job.backbone(start, false)) {
      given.verify(start);
    }
    result.begin();
    if (tuned.isEmpty()) {
      AtomicFile.copy(start, result.file());
      result.finish();
      return result;
    }
    Checkpoints checkpoints = job.checkpoints(ProposalStage.NAME, result.fingerprint());
    ProposalSettings settings = job.settings().proposals();
    try (ProposalStage stage =
        new ProposalStage(job.data(), settings, tuned, job.backbone(start, true))) {
      GraphArchive.write(
          job.architecture().backbone(),
          start,
          job.device(),
          new Trainer(checkpoints, job.listener()).fit(stage),
          result.file());
    }
    result.finish();
    checkpoints.delete();
    return result;
  }

  /**
   * Returns the graph, which another run has left.
   *
   * @throws TrainingException if it is not there
   */
  StageResult made() throws IOException {
    StageResult result = result();
    if (!result.isDone()) {
      throw TrainingJob.notPrepared(result.file().getFileName());
    }
    return result;
  }

  private StageResult result() throws IOException {
    return job.result(
        ModelBundle.BACKBONE,
        new Fingerprint()
            .with("proposal settings", job.settings().proposals())
            .with("the graph to start from", Sha256.of(job.paths().start()))
            .with("architecture", job.architecture().backbone().inFullPrecision())
            .with("data", job.fingerprint(tuned)));
  }
}
