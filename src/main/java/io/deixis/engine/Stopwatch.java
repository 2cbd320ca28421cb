package io.deixis.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tells how long the stages of one request took. */
public final class Stopwatch {

  private final long start = System.nanoTime();
  private final Map<String, Double> laps = new LinkedHashMap<>();
  private long last = start;

  /** Ends a stage that began with the last one's end. */
  public void lap(String stage) {
    long now = System.nanoTime();
    laps.merge(stage, (now - last) / 1e6, Double::sum);
    last = now;
  }

  /** Returns each stage's milliseconds, in order. */
  Map<String, Double> laps() {
    return laps;
  }

  /** Returns the milliseconds since the beginning. */
  double total() {
    return (System.nanoTime() - start) / 1e6;
  }
}
