package io.deixis.training;

import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.files.AtomicFile;
import io.deixis.files.Sha256;
import io.deixis.runlog.TrainingException;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.checkpoint.Fingerprint;
import io.deixis.training.checkpoint.StageResult;
import io.deixis.training.proposals.ProposalSettings;
import io.deixis.training.proposals.ProposalTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Leaves the backbone's graph, fine-tuned with its proposals on the boxes of the data set. */
final class BackboneStage {

  private final TrainingJob job;

  BackboneStage(TrainingJob job) {
    this.job = job;
  }

  /** Returns the graph's file; a graph that is there already is taken as it is. */
  Path run() throws IOException {
    Path start = job.paths().start();
    Path file = file();
    Fingerprint fingerprint = fingerprint();
    StageResult result = new StageResult(file, fingerprint);
    if (result.isDone()) {
      return file;
    }
    try (VisualBackbone given =
        VisualBackbone.load(job.architecture().backbone(), start, job.device(), false)) {
      given.verify();
    }
    result.begin();
    ProposalSettings settings = job.settings().proposals();
    List<String> tuned =
        job.training().subList(0, Math.min(settings.images(), job.training().size()));
    if (tuned.isEmpty()) {
      AtomicFile.copy(start, file);
      result.finish();
      return file;
    }
    Checkpoints checkpoints = job.checkpoints(ProposalTraining.STAGE, fingerprint);
    new ProposalTraining(job.data(), job.architecture().backbone(), settings, job.listener())
        .run(start, job.device(), tuned, checkpoints, file);
    result.finish();
    checkpoints.delete();
    return file;
  }

  /**
   * Returns the graph's file, which another run has left.
   *
   * @throws TrainingException if it is not there
   */
  Path result() throws IOException {
    if (!new StageResult(file(), fingerprint()).isDone()) {
      throw new TrainingException(
          "The work folder has no %s that all shards share; make it first with the same command and --prepare-shards in place of --shard."
              .formatted(ModelBundle.BACKBONE),
          null);
    }
    return file();
  }

  private Path file() {
    return job.work(ModelBundle.BACKBONE);
  }

  private Fingerprint fingerprint() throws IOException {
    return job.fingerprint(
        "proposal settings",
        job.settings().proposals().toString(),
        "the graph to start from",
        Sha256.of(job.paths().start()),
        "architecture",
        job.architecture().backbone().toString());
  }
}
