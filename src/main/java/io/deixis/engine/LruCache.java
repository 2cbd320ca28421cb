package io.deixis.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Remembers values up to a number of bytes; the least recently used go first. Thread-safe.
 *
 * @param <K> what the values are found by
 * @param <V> what is remembered
 */
final class LruCache<K, V> {

  private final long capacity;
  private final ToLongFunction<V> size;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * Creates a cache.
   *
   * @param capacity in bytes; 0 remembers nothing
   * @param size roughly how many bytes a value takes, always the same for the same one
   */
  LruCache(long capacity, ToLongFunction<V> size) {
    this.capacity = capacity;
    this.size = size;
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    long added = size.applyAsLong(value);
    if (added > capacity) {
      return;
    }
    V previous = entries.put(key, value);
    bytes += added - (previous == null ? 0 : size.applyAsLong(previous));
    Iterator<V> oldest = entries.values().iterator();
    while (bytes > capacity) {
      bytes -= size.applyAsLong(oldest.next());
      oldest.remove();
    }
  }

  /** Forgets everything. */
  synchronized void clear() {
    entries.clear();
    bytes = 0;
  }

  synchronized long bytes() {
    return bytes;
  }
}
