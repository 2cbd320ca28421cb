package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageFeatureCacheTest {

  private static final long ONE = features(1).bytes();

  private static ImageFeatures features(int candidates) {
    return new ImageFeatures(10, 10, new float[4 * candidates], new float[256 * candidates]);
  }

  @Test
  void remembers() {
    ImageFeatureCache cache = new ImageFeatureCache(10 * ONE);
    ImageFeatures features = features(1);
    cache.put("a", features);

    assertThat(cache.get("a")).containsSame(features);
    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.bytes()).isEqualTo(ONE);
  }

  @Test
  void forgetsTheOldestWhereBytesDoNotSuffice() {
    ImageFeatureCache cache = new ImageFeatureCache(2 * ONE);
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
    ImageFeatureCache cache = new ImageFeatureCache(2 * ONE);
    cache.put("a", features(1));
    cache.put("b", features(1));
    cache.get("a");
    cache.put("c", features(1));

    assertThat(cache.get("a")).isPresent();
    assertThat(cache.get("b")).isEmpty();
  }

  @Test
  void makesRoomForALargeOne() {
    ImageFeatureCache cache = new ImageFeatureCache(features(3).bytes());
    cache.put("a", features(1));
    cache.put("b", features(1));
    cache.put("large", features(3));

    assertThat(cache.get("large")).isPresent();
    assertThat(cache.bytes()).isEqualTo(features(3).bytes());
  }

  @Test
  void replacingCountsOnce() {
    ImageFeatureCache cache = new ImageFeatureCache(10 * ONE);
    cache.put("a", features(3));
    cache.put("a", features(1));

    assertThat(cache.bytes()).isEqualTo(ONE);
  }

  @Test
  void leavesWhatDoesNotFit() {
    ImageFeatureCache cache = new ImageFeatureCache(ONE);
    cache.put("a", features(1));
    cache.put("large", features(2));

    assertThat(cache.get("large")).isEmpty();
    assertThat(cache.get("a")).isPresent();
  }

  @Test
  void remembersNothingInZeroBytes() {
    ImageFeatureCache cache = new ImageFeatureCache(0);
    cache.put("a", features(1));

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.bytes()).isZero();
  }
}
