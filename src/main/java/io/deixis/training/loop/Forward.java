package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import io.deixis.runlog.BatchSample;
import java.util.List;
import java.util.Map;

/** The network's output for a batch, and the metrics beside its loss. */
public interface Forward {

  /** Returns further metrics, scalars by name. */
  default Map<String, NDArray> metrics() {
    return Map.of();
  }

  /** Returns how many query-region pairs the batch has; 0 where a stage has none. */
  default long pairs() {
    return 0;
  }

  /** Returns what the batch's first image asked and was answered; empty where nothing is asked. */
  default List<BatchSample.Phrase> sample() {
    return List.of();
  }
}
