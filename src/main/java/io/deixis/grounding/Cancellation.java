package io.deixis.grounding;

import java.util.ArrayList;
import java.util.List;

/**
 * Signals to work in progress that its result is no longer needed. Thread-safe; once cancelled it
 * stays so.
 */
public final class Cancellation {

  /** The cancellation of work that somebody waits for until its end. */
  public static final Cancellation NEVER = new Cancellation();

  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** An action that waits for a cancellation; closing it forgets the action. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {

    @Override
    void close();
  }

  /** Returns whether nobody waits any more. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Cancels the work, and runs the registered actions on this thread.
   *
   * @throws UnsupportedOperationException if this is {@link #NEVER}
   */
  public void cancel() {
    if (this == NEVER) {
      throw new UnsupportedOperationException("This work is never cancelled");
    }
    List<Runnable> due;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(actions);
    }
    due.forEach(Runnable::run);
  }

  /**
   * Runs {@code action} when this is cancelled, at once if it is already.
   *
   * @param action quick, and never throwing
   */
  public Registration onCancel(Runnable action) {
    if (this == NEVER) {
      return () -> {};
    }
    synchronized (this) {
      if (!cancelled) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private synchronized void forget(Runnable action) {
    actions.remove(action);
  }
}
