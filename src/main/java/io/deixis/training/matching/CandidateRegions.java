package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.geometry.Box;
import io.deixis.training.features.FeatureCache;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The candidates of a batch of B images, N of each.
 *
 * @param features descriptions [B * N, size]
 * @param boxes unrefined candidates, B * N times 4 numbers in normalised coordinates
 * @param count N
 */
public record CandidateRegions(NDArray features, float[] boxes, int count) {

  /** Draws {@code most} of the cached candidates of each image, or all if there are fewer. */
  static CandidateRegions draw(
      NDManager manager, List<TrainingImage> images, FeatureCache cache, int most, Random random) {
    int total = cache.header().candidates();
    int count = Math.min(most, total);
    int featureSize = cache.header().featureSize();
    ByteBuffer features = manager.allocateDirect(images.size() * count * featureSize * Short.BYTES);
    float[] boxes = new float[images.size() * count * 4];
    for (int i = 0; i < images.size(); i++) {
      String key = images.get(i).key();
      long[] rows = sample(total, count, random);
      cache.features(key, Arrays.stream(rows).mapToInt(Math::toIntExact).toArray(), features);
      float[] all = cache.boxes(key);
      for (int k = 0; k < count; k++) {
        System.arraycopy(all, (int) rows[k] * 4, boxes, (i * count + k) * 4, 4);
      }
    }
    features.flip();
    return new CandidateRegions(
        manager
            .create(
                features, new Shape((long) images.size() * count, featureSize), DataType.FLOAT16)
            .toType(DataType.FLOAT32, false),
        boxes,
        count);
  }

  /** Returns {@code wanted} different positions below {@code total}, in any order. */
  public static long[] sample(int total, int wanted, Random random) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, total).boxed().toList());
    Collections.shuffle(all, random);
    return all.stream().limit(wanted).mapToLong(Integer::longValue).toArray();
  }

  /** Returns the candidates of an image. */
  Box[] ofImage(int image) {
    Box[] candidates = new Box[count];
    for (int k = 0; k < count; k++) {
      candidates[k] = HeadBatch.box(boxes, (image * count + k) * 4);
    }
    return candidates;
  }
}
