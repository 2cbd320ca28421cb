package io.deixis.service.training;

import io.deixis.charts.ChartLayout;
import java.util.List;

/**
 * The state of a training, as its page shows it.
 *
 * @param version changes as soon as anything else does
 * @param life whether it works, and at what
 * @param stages those that have begun, the last one first
 * @param sample the latest sample of a batch, or null
 */
public record RunState(String version, Life life, List<StageView> stages, SampleView sample) {

  /**
   * A stage.
   *
   * @param name its name
   * @param life one word on whether it works, or blank
   * @param epoch of the last step, counted from 1
   * @param step the last one, thousands set apart
   * @param figures the last values to know first
   * @param charts its curves
   */
  public record StageView(
      String name,
      String life,
      int epoch,
      String step,
      List<Figure> figures,
      List<ChartLayout> charts) {}

  /** The latest value of a metric. */
  public record Figure(String name, String value) {}
}
