package io.deixis.bench;

import io.deixis.runlog.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts how fast the stages of a training are, their first steps left out. */
final class StageRates implements TrainingListener {

  private static final int WARM_UP = 5;

  private final Map<String, Stage> stages = new LinkedHashMap<>();

  /** Counts one stage. */
  private static final class Stage {
    private long steps;
    private long began;
    private double seconds;
    private long images;
    private long pairs;

    private double imagesPerSecond() {
      return images / seconds;
    }
  }

  @Override
  public void onStep(Progress progress) {
    Stage stage = stages.computeIfAbsent(progress.stage(), name -> new Stage());
    long now = System.nanoTime();
    if (++stage.steps == WARM_UP) {
      stage.began = now;
    } else if (stage.steps > WARM_UP) {
      stage.images++;
      stage.seconds = (now - stage.began) / 1e9;
    }
  }

  @Override
  public void onTrainingStep(Step step) {
    Stage stage = stages.computeIfAbsent(step.stage(), name -> new Stage());
    if (++stage.steps > WARM_UP) {
      stage.images += step.images();
      stage.pairs += step.pairs();
      stage.seconds += step.seconds();
    }
  }

  /**
   * Prints a table.
   *
   * @param sampled the same work while its stacks were sampled
   */
  void print(StageRates sampled) {
    System.out.printf(
        "%-12s %12s %12s %18s %8s%n", "stage", "images/s", "pairs/s", "sampled: images/s", "ratio");
    stages.forEach(
        (name, stage) -> {
          if (stage.images > 0 && !name.equals("phrases")) {
            double disturbed = sampled.stages.get(name).imagesPerSecond();
            System.out.printf(
                "%-12s %12.1f %12s %18.1f %8.2f%n",
                name,
                stage.imagesPerSecond(),
                stage.pairs == 0 ? "" : String.format("%,.0f", stage.pairs / stage.seconds),
                disturbed,
                disturbed / stage.imagesPerSecond());
          }
        });
  }
}
