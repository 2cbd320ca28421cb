package io.deixis.engine;

import io.deixis.engine.PassQueue.Pass;
import java.util.Optional;

/**
 * The pass that a request still has from looking at its image, for its first phrases, so that it
 * does not stand in the queue once more behind images that came later. Closing it gives back what
 * was not taken. For one thread.
 */
final class HeldPass implements AutoCloseable {

  private Pass pass;

  /** Keeps a pass; there is none yet. */
  void keep(Pass fresh) {
    pass = fresh;
  }

  /** Returns what is held, if anything, for the caller to close. */
  Optional<Pass> take() {
    Optional<Pass> taken = Optional.ofNullable(pass);
    pass = null;
    return taken;
  }

  @Override
  public void close() {
    take().ifPresent(Pass::close);
  }
}
