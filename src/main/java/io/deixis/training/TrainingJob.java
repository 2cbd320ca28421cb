package io.deixis.training;

import ai.djl.Device;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.bundle.Architecture;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.checkpoint.Checkpoints;
import io.deixis.training.checkpoint.Fingerprint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all stages of one training share.
 *
 * @param data what to train on
 * @param dataFingerprint of the images trained on and held out
 * @param training ids of the images to train on
 * @param heldOut ids of the images that judge epochs and calibrate
 * @param settings how to train
 * @param architecture the parts of the model
 * @param device where to compute
 * @param paths where to read and write
 * @param checkpointSteps steps between two checkpoints
 * @param listener told how it goes
 */
record TrainingJob(
    GroundingDataset data,
    String dataFingerprint,
    List<String> training,
    List<String> heldOut,
    BundleSettings settings,
    Architecture architecture,
    Device device,
    TrainingPaths paths,
    int checkpointSteps,
    TrainingListener listener) {

  /** Returns a file of the work folder. */
  Path work(String name) {
    return paths.work().resolve(name);
  }

  /**
   * Returns the fingerprint of a stage: the data, and what else it follows from.
   *
   * @param namesAndTexts a name and a text, a name and a text …
   */
  Fingerprint fingerprint(String... namesAndTexts) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      parts.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    parts.put("data", dataFingerprint);
    return new Fingerprint(parts);
  }

  /** Returns the checkpoints of a stage. */
  Checkpoints checkpoints(String stage, Fingerprint fingerprint) {
    return new Checkpoints(work(stage + ".checkpoint"), fingerprint, checkpointSteps);
  }
}
