package io.deixis.training.monitor;

import java.util.Map;

/** Told how a training goes. */
public interface TrainingListener {

  /** A listener that says nothing. */
  TrainingListener SILENT = progress -> {};

  /** Called after a step. */
  void onStep(Progress progress);

  /**
   * Where a stage stands.
   *
   * @param stage its name
   * @param done steps done
   * @param total steps in all
   * @param figures what was measured since the last call, by name
   */
  record Progress(String stage, long done, long total, Map<String, Float> figures) {}
}
