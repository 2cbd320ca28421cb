package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LruCacheTest {

  private static final long ONE = features(1).bytes();

  private static ImageFeatures features(int candidates) {
    return new ImageFeatures(
        10, 10, new float[4 * candidates], List.of(new float[256 * candidates]));
  }

  @Test
  void remembers() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(10 * ONE, ImageFeatures::bytes);
    ImageFeatures features = features(1);
    cache.put("a", features);

    assertThat(cache.get("a")).containsSame(features);
    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.bytes()).isEqualTo(ONE);
  }

  @Test
  void forgetsTheOldestWhereBytesDoNotSuffice() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(2 * ONE, ImageFeatures::bytes);
    cache.put("a", features(1));
    cache.put("b", features(1));
    cache.put("c", features(1));

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("b")).isPresent();
    assertThat(cache.get("c")).isPresent();
    assertThat(cache.bytes()).isEqualTo(2 * ONE);
  }

  @Test
  void aLookUpCountsAsUse() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(2 * ONE, ImageFeatures::bytes);
    cache.put("a", features(1));
    cache.put("b", features(1));
    cache.get("a");
    cache.put("c", features(1));

    assertThat(cache.get("a")).isPresent();
    assertThat(cache.get("b")).isEmpty();
  }

  @Test
  void makesRoomForALargeOne() {
    LruCache<String, ImageFeatures> cache =
        new LruCache<>(features(3).bytes(), ImageFeatures::bytes);
    cache.put("a", features(1));
    cache.put("b", features(1));
    cache.put("large", features(3));

    assertThat(cache.get("large")).isPresent();
    assertThat(cache.bytes()).isEqualTo(features(3).bytes());
  }

  @Test
  void replacingCountsOnce() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(10 * ONE, ImageFeatures::bytes);
    cache.put("a", features(3));
    cache.put("a", features(1));

    assertThat(cache.bytes()).isEqualTo(ONE);
  }

  @Test
  void leavesWhatDoesNotFit() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(ONE, ImageFeatures::bytes);
    cache.put("a", features(1));
    cache.put("large", features(2));

    assertThat(cache.get("large")).isEmpty();
    assertThat(cache.get("a")).isPresent();
  }

  @Test
  void remembersNothingInZeroBytes() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(0, ImageFeatures::bytes);
    cache.put("a", features(1));

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void forgetsEverythingWhenAsked() {
    LruCache<String, ImageFeatures> cache = new LruCache<>(10 * ONE, ImageFeatures::bytes);
    cache.put("a", features(1));
    cache.clear();

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.bytes()).isZero();
  }
}
