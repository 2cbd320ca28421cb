package io.deixis.training.matching;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.training.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Made-up features in which a head can learn something: each image has a dog, a car and some
 * candidates of neither; a candidate's description is the pattern of what it shows, with noise.
 */
final class SmallCache {

  static final int CANDIDATES = 12;

  private static final String FINGERPRINT = "made up";

  private SmallCache() {}

  /** Writes the features of images and returns what they teach. */
  static List<TrainingImage> write(Path directory, NDManager manager, int images)
      throws IOException {
    Random random = new Random(11);
    float[] dog = noise(random, 1);
    float[] car = noise(random, 1);
    List<TrainingImage> training = new ArrayList<>();
    try (FeatureCache.Writer writer =
        new FeatureCache.Writer(
            directory,
            FINGERPRINT,
            IntStream.range(0, images).mapToObj(i -> "image" + i).toList())) {
      for (int i = 0; i < images; i++) {
        List<Integer> places = order(random);
        float[] boxes = new float[CANDIDATES * 4];
        float[][] features = new float[CANDIDATES][];
        for (int c = 0; c < CANDIDATES; c++) {
          Box box = place(c);
          boxes[c * 4] = (float) box.x1();
          boxes[c * 4 + 1] = (float) box.y1();
          boxes[c * 4 + 2] = (float) box.x2();
          boxes[c * 4 + 3] = (float) box.y2();
          features[c] = noise(random, 0.5);
        }
        add(features[places.get(0)], dog);
        add(features[places.get(1)], car);
        writer.add(boxes, manager.create(features).toType(DataType.FLOAT16, false).toByteBuffer());
        training.add(
            TrainingImage.of(
                Annotations.image(
                    "image" + i,
                    Map.of(
                        "1",
                        List.of(place(places.get(0)).scaled(100, 100)),
                        "2",
                        List.of(place(places.get(1)).scaled(100, 100))),
                    "[/EN#1/animals a dog] before [/EN#2/vehicles a red car] ."),
                new SiblingPhrases()));
      }
      writer.finish();
    }
    return training;
  }

  /** Returns every phrase of images, in its sentences and by itself. */
  static Set<ContextualPhrase> phrases(List<TrainingImage> images) {
    Set<ContextualPhrase> phrases = new HashSet<>();
    for (TrainingImage image : images) {
      for (TrainingPhrase phrase : image.phrases()) {
        phrases.add(phrase.alone());
        phrases.add(phrase.bare());
        phrases.addAll(phrase.mentions());
      }
    }
    return phrases;
  }

  static FeatureCache open(Path directory) {
    return FeatureCache.open(directory, FINGERPRINT);
  }

  /** Candidates lie on a grid of four columns and three rows. */
  static Box place(int candidate) {
    double x = candidate % 4 * .25;
    double y = candidate / 4 * .3;
    return new Box(x, y, x + .25, y + .3);
  }

  private static List<Integer> order(Random random) {
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < CANDIDATES; c++) {
      order.add(c);
    }
    Collections.shuffle(order, random);
    return order;
  }

  private static float[] noise(Random random, double deviation) {
    float[] values = new float[Architecture.STANDARD.regions().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  private static void add(float[] values, float[] pattern) {
    for (int i = 0; i < values.length; i++) {
      values[i] += pattern[i];
    }
  }
}
