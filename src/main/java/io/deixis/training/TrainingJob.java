package io.deixis.training;

import ai.djl.Device;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.work.Checkpoints;
import io.deixis.training.work.DataFingerprint;
import io.deixis.training.work.Fingerprint;
import io.deixis.training.work.StageResult;
import io.deixis.training.work.TrainingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What all stages of one training share.
 *
 * @param data what to train on
 * @param fingerprints of the images trained on and held out
 * @param training ids of the images to train on
 * @param heldOut ids of the images that judge epochs and calibrate
 * @param settings how to train
 * @param architecture the parts of the model
 * @param device where to compute
 * @param paths where to read and write
 * @param checkpointSteps steps between two checkpoints
 * @param listener notified of the progress
 */
record TrainingJob(
    GroundingDataset data,
    DataFingerprint fingerprints,
    List<String> training,
    List<String> heldOut,
    BundleSettings settings,
    Architecture architecture,
    Device device,
    TrainingPaths paths,
    int checkpointSteps,
    TrainingListener listener) {

  /** Returns the maker of sibling phrases, which are absent from an image. */
  SiblingPhrases siblings() {
    return new SiblingPhrases(settings.head().withoutSiblings());
  }

  /** Returns the bundle to go on from, if there is one. */
  Optional<ParentBundle> parent() {
    return paths.parent().map(ParentBundle::new);
  }

  /** Returns the exception for a file that machines share before they extract features. */
  static TrainingException notPrepared(Path file) {
    return new TrainingException(
        "The work folder has no %s that all shards share; make it first with the same command and --prepare-shards in place of --shard."
            .formatted(file),
        null);
  }

  /** Returns a file of the work folder. */
  Path work(String name) {
    return paths.work().resolve(name);
  }

  /** Returns the fingerprint of some of the images. */
  String fingerprint(List<String> ids) {
    return fingerprints.of(ids);
  }

  /** Loads a graph of the backbone that stays as it is, for the fastest engine that takes it. */
  VisualBackbone frozen(Path graph) {
    List<Path> onnx = BackboneRuntime.graphsBeside(paths.start());
    return BackboneRuntime.AUTO.load(architecture.backbone(), graph, device, onnx);
  }

  /** Loads a graph of the backbone with PyTorch. */
  VisualBackbone backbone(Path graph, boolean trainable) {
    return VisualBackbone.load(architecture.backbone(), graph, device, trainable);
  }

  /** Returns the file of the work folder that a stage leaves. */
  StageResult result(String name, Fingerprint fingerprint) {
    return new StageResult(work(name), fingerprint, TorchEngine.start(0).threads());
  }

  /** Returns the checkpoints of a stage. */
  Checkpoints checkpoints(String stage, Fingerprint fingerprint) {
    return new Checkpoints(work(stage + ".checkpoint"), fingerprint, checkpointSteps);
  }
}
