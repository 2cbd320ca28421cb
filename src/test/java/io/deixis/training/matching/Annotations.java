package io.deixis.training.matching;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Annotated images of 100 by 100 pixels. */
public final class Annotations {

  private Annotations() {}

  public static AnnotatedImage image(String id, Map<String, List<Box>> boxes, String... sentences) {
    return new AnnotatedImage(
        id,
        100,
        100,
        boxes,
        Set.of(),
        Set.of(),
        Stream.of(sentences).map(EntitySentence::parse).toList());
  }

  /** A box from the image's top, 20 pixels wide. */
  static Box standingAt(double x) {
    return new Box(x, 0, x + 20, 80);
  }
}
