package io.deixis.training.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps the weights of the best epoch, and decides when the epochs no longer get better. */
public final class EarlyStop {

  private static final String SCORE = "best score";
  private static final String SINCE = "epochs since the best";

  private final int patience;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private int since;
  private Map<String, float[]> bestWeights = Map.of();

  /**
   * Starts.
   *
   * @param patience how many epochs in a row may be no better than the best; with 0 no epoch is
   *     judged and the last one counts
   */
  public EarlyStop(int patience) {
    this.patience = patience;
  }

  /**
   * Takes in an epoch.
   *
   * @param score the higher the better
   * @param weights gives the epoch's weights
   */
  public void update(double score, Supplier<Map<String, float[]>> weights) {
    if (patience == 0) {
      return;
    }
    if (score > bestScore) {
      bestScore = score;
      since = 0;
      bestWeights = weights.get();
    } else {
      since++;
    }
  }

  /** Returns whether no further epoch is worth it. */
  public boolean isReached() {
    return patience > 0 && since >= patience;
  }

  /** Returns the weights of the best epoch; empty if none was judged. */
  public Map<String, float[]> bestWeights() {
    return bestWeights;
  }

  /** Returns what a checkpoint needs besides {@link #bestWeights}. */
  public Map<String, String> notes() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(SCORE, Double.toString(bestScore));
    notes.put(SINCE, Integer.toString(since));
    return notes;
  }

  /** Goes on from where another one stood. */
  public void restore(Map<String, String> notes, Map<String, float[]> weights) {
    bestScore = Double.parseDouble(notes.get(SCORE));
    since = Integer.parseInt(notes.get(SINCE));
    bestWeights = weights;
  }
}
