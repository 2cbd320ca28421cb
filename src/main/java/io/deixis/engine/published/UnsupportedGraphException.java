package io.deixis.engine.published;

import io.deixis.engine.torch.EngineException;

/** A graph that is whole, and that this engine cannot run. */
public final class UnsupportedGraphException extends EngineException {

  UnsupportedGraphException(String problem, String remedy, Throwable cause) {
    super(problem, remedy, cause);
  }
}
