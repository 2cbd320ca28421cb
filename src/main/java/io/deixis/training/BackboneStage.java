package io.deixis.training;

import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.bundle.Sha256;
import io.deixis.training.checkpoint.AtomicFile;
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
    ProposalSettings settings = job.settings().proposals();
    Path start = job.paths().start();
    Path file = job.work(ModelBundle.BACKBONE);
    Fingerprint fingerprint =
        job.fingerprint(
            "proposal settings", settings.toString(), "the graph to start from", Sha256.of(start));
    StageResult result = new StageResult(file, fingerprint);
    if (result.isDone()) {
      return file;
    }
    result.begin();
    List<String> tuned =
        job.training().subList(0, Math.min(settings.images(), job.training().size()));
    if (tuned.isEmpty()) {
      AtomicFile.copy(start, file);
      return file;
    }
    Checkpoints checkpoints = job.checkpoints(ProposalTraining.STAGE, fingerprint);
    new ProposalTraining(job.data(), settings, job.listener())
        .run(start, job.device(), tuned, checkpoints, file);
    checkpoints.delete();
    return file;
  }
}
