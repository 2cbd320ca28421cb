package io.deixis.training.matching;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * A phrase of one training image.
 *
 * @param text its words
 * @param truth the boxes it means, in units of the image's sides
 * @param weight how much it counts: the square root of how often the image's sentences say it
 */
public record TrainingPhrase(String text, List<Box> truth, float weight) {

  TrainingPhrase mirrored() {
    return new TrainingPhrase(
        Mirror.of(text),
        truth.stream().map(b -> new Box(1 - b.x2(), b.y1(), 1 - b.x1(), b.y2())).toList(),
        weight);
  }
}
