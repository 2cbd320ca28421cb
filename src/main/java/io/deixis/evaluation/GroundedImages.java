package io.deixis.evaluation;

import java.util.List;
import java.util.function.Consumer;

/** Asks a model for all phrases of images, wherever it runs. */
@FunctionalInterface
public interface GroundedImages {

  /**
   * Grounds images; their results come one after the other, in order.
   *
   * @param ids which images
   * @param withNegatives whether each image is also asked for phrases that it does not show
   * @param consumer receives each image
   */
  void run(List<String> ids, boolean withNegatives, Consumer<SplitGrounding.Grounded> consumer);
}
