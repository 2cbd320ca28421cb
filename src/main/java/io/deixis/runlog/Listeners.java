package io.deixis.runlog;

import java.util.List;
import java.util.function.Consumer;

/**
 * Several listeners as one, told in order.
 *
 * @param all the listeners
 */
public record Listeners(List<TrainingListener> all) implements TrainingListener {

  /** Copies the listeners. */
  public Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void onStep(Progress progress) {
    each(listener -> listener.onStep(progress));
  }

  @Override
  public void onStart(String stage, long done) {
    each(listener -> listener.onStart(stage, done));
  }

  @Override
  public void onTrainingStep(Step step) {
    each(listener -> listener.onTrainingStep(step));
  }

  @Override
  public void onEpoch(Epoch epoch) {
    each(listener -> listener.onEpoch(epoch));
  }

  @Override
  public void onLook(Look look) {
    each(listener -> listener.onLook(look));
  }

  private void each(Consumer<TrainingListener> event) {
    all.forEach(event);
  }
}
