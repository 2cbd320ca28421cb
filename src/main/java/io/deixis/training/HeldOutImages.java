package io.deixis.training;

import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.ImageProfile;
import io.deixis.dataset.StratifiedSplit;
import java.util.List;
import java.util.Map;

/**
 * The training split, divided.
 *
 * @param training ids of the images to train on
 * @param heldOut ids of the images that judge epochs and calibrate
 */
record HeldOutImages(List<String> training, List<String> heldOut) {

  private static final String HELD_OUT = "held out";
  private static final String TRAINING = "training";

  /**
   * Divides images.
   *
   * @param ids of the training split, more than are held out
   * @param settings how many to hold out, and how to choose them
   */
  static HeldOutImages of(GroundingDataset data, List<String> ids, BundleSettings settings) {
    int count = settings.heldOut();
    if (!settings.stratified()) {
      return new HeldOutImages(ids.subList(count, ids.size()), ids.subList(0, count));
    }
    double share = (double) count / ids.size();
    Map<String, List<String>> parts =
        new StratifiedSplit(
                Map.of(HELD_OUT, share, TRAINING, 1 - share), settings.head().plan().seed())
            .split(ids.stream().map(id -> ImageProfile.of(data.read(id))).toList());
    return new HeldOutImages(parts.get(TRAINING), parts.get(HELD_OUT));
  }
}
