package io.deixis.training;

import io.deixis.engine.backbone.Backbone;
import io.deixis.engine.bundle.Sha256;
import io.deixis.training.checkpoint.AtomicFile;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.features.FeatureExtraction;
import io.deixis.training.features.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves the projection of region appearance, and the features of all images as backbone and
 * projection give them.
 */
final class FeatureStage {

  private final TrainingJob job;
  private final Path graph;
  private final ProjectionFile projection;

  /**
   * Prepares the stage.
   *
   * @param job the training
   * @param graph of the backbone
   */
  FeatureStage(TrainingJob job, Path graph) {
    this.job = job;
    this.graph = graph;
    this.projection = new ProjectionFile(job.work("projection.safetensors"));
  }

  /** Returns the projection's file, which is there once {@link #training} was called. */
  ProjectionFile projection() {
    return projection;
  }

  /** Returns the features of the images to train on; the projection is fitted on some of them. */
  FeatureCache training() throws IOException {
    List<String> ids = job.training();
    boolean mirrored = job.settings().mirrored();
    Path directory = job.work("features");
    String fingerprint = Sha256.of(graph);
    if (!FeatureCache.isComplete(directory, fingerprint, keys(ids, mirrored))) {
      try (Backbone backbone = Backbone.load(graph, job.device(), false)) {
        FeatureExtraction extraction = new FeatureExtraction(job.data(), backbone, job.listener());
        PrincipalComponents.Fit fit =
            extraction.fitProjection(
                ids.subList(0, Math.min(job.settings().projectionImages(), ids.size())));
        AtomicFile.replace(projection.path(), partial -> ProjectionFile.write(partial, fit));
        extraction.run(ids, mirrored, fit, fingerprint, directory);
      }
    }
    return FeatureCache.open(directory, fingerprint);
  }

  /** Returns the features of the images held out. */
  FeatureCache heldOut() throws IOException {
    List<String> ids = job.heldOut();
    Path directory = job.work("features-held-out");
    String fingerprint = Sha256.of(graph) + " " + Sha256.of(projection.path());
    if (!FeatureCache.isComplete(directory, fingerprint, ids)) {
      PrincipalComponents.Fit fit = projection.read();
      try (Backbone backbone = Backbone.load(graph, job.device(), false)) {
        new FeatureExtraction(job.data(), backbone, job.listener())
            .run(ids, false, fit, fingerprint, directory);
      }
    }
    return FeatureCache.open(directory, fingerprint);
  }

  private static List<String> keys(List<String> ids, boolean mirrored) {
    List<String> keys = new ArrayList<>();
    for (String id : ids) {
      keys.add(FeatureExtraction.key(id, false));
      if (mirrored) {
        keys.add(FeatureExtraction.key(id, true));
      }
    }
    return keys;
  }
}
