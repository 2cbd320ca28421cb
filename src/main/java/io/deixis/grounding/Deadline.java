package io.deixis.grounding;

import java.time.Duration;

/**
 * The moment until which the caller waits for an answer.
 *
 * @param atNanos the moment by {@link System#nanoTime()}, which no change of the clock moves
 */
public record Deadline(long atNanos) {

  /** Returns the deadline that is {@code duration} from now. */
  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Returns the time left, zero if there is none. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }

  /** Returns whether no time is left. */
  public boolean expired() {
    return atNanos - System.nanoTime() <= 0;
  }

  /** Returns whether this moment is before {@code other}. */
  public boolean isBefore(Deadline other) {
    return atNanos - other.atNanos < 0;
  }
}
