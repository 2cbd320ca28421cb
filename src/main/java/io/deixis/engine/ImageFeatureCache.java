package io.deixis.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the features of recently seen images by the SHA-256 of their bytes, up to a number of
 * bytes; the least recently used go first. Thread-safe.
 */
final class ImageFeatureCache {

  private final long capacity;
  private final Map<String, ImageFeatures> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Creates a cache of {@code capacity} bytes; 0 remembers nothing. */
  ImageFeatureCache(long capacity) {
    this.capacity = capacity;
  }

  synchronized Optional<ImageFeatures> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(String key, ImageFeatures features) {
    if (features.bytes() > capacity) {
      return;
    }
    ImageFeatures previous = entries.put(key, features);
    bytes += features.bytes() - (previous == null ? 0 : previous.bytes());
    Iterator<ImageFeatures> oldest = entries.values().iterator();
    while (bytes > capacity) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
