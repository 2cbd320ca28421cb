package io.deixis.service.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast requests are answered, computed from the times of the latest answers. Not thread-safe.
 */
final class CompletionRate {

  private static final int REMEMBERED = 32;

  private final Deque<Long> moments = new ArrayDeque<>();

  /**
   * Notes that a request was answered.
   *
   * @param nanos the moment by {@link System#nanoTime()}
   */
  void completed(long nanos) {
    moments.addLast(nanos);
    if (moments.size() > REMEMBERED) {
      moments.removeFirst();
    }
  }

  /** Forgets all moments: while there are no requests, time says nothing about the rate. */
  void rest() {
    moments.clear();
  }

  /**
   * Returns how long as many requests will take; empty while fewer than two were answered.
   *
   * @param now the moment by {@link System#nanoTime()}; time since the latest answer counts, so
   *     that a standstill is noticed
   */
  Optional<Duration> timeFor(int requests, long now) {
    if (moments.size() < 2) {
      return Optional.empty();
    }
    long span = now - moments.peekFirst();
    return Optional.of(Duration.ofNanos(span / (moments.size() - 1) * requests));
  }
}
