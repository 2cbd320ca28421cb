package io.deixis.training.joint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.image.UprightImage;
import io.deixis.geometry.Box;
import io.deixis.training.images.Augmentation;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.proposals.EntityTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One image of a step as it is augmented, with what is true of it then.
 *
 * @param pixels [1, 3, height, width] in [0, 1]
 * @param phrases its phrases of which enough is seen, at least one
 * @param entities its boxes of which enough is seen
 */
record AugmentedImage(NDArray pixels, TrainingImage phrases, EntityTargets entities) {

  /** Augments an image that has phrases. */
  static AugmentedImage draw(
      NDManager manager,
      BackboneSpec.Input input,
      UprightImage image,
      TrainingImage phrases,
      EntityTargets entities,
      Random random) {
    Augmentation augmentation = Augmentation.draw(random);
    TrainingImage seen = phrases.seen(augmentation);
    if (seen.phrases().isEmpty()) {
      augmentation = augmentation.uncropped();
      seen = phrases.seen(augmentation);
    }
    return new AugmentedImage(
        augmentation.apply(manager, image, input), seen, seen(entities, augmentation));
  }

  private static EntityTargets seen(EntityTargets entities, Augmentation augmentation) {
    List<Box> boxes = new ArrayList<>();
    List<boolean[]> types = new ArrayList<>();
    for (int i = 0; i < entities.boxes().size(); i++) {
      boolean[] ofBox = entities.types().get(i);
      augmentation
          .apply(entities.boxes().get(i))
          .ifPresent(
              box -> {
                boxes.add(box);
                types.add(ofBox);
              });
    }
    return new EntityTargets(boxes, types);
  }
}
