package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.runlog.TrainingListener.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StepTextTest {

  @Test
  void saysLossPartsAccuracySpeedAndMemory() {
    Map<String, Float> metrics = new LinkedHashMap<>();
    metrics.put("loss", 2f);
    metrics.put("pairs", 0.5f);
    metrics.put("ranking", 1.5f);
    metrics.put("accuracy", 0.625f);
    metrics.put("positive rate", 0.1f);
    metrics.put("learning rate", 0.001f);
    metrics.put("gradient", 3f);
    Step step = new Step("matching", 1, 5, 10, metrics, 16, 800, 0.5);

    assertThat(StepText.of(step, OptionalDouble.of(0.71), OptionalLong.of(812)))
        .isEqualTo(
            "loss 2.000 (pairs 0.500, ranking 1.500)  accuracy 0.625  positive rate 0.100"
                + "  32 images/s  812 MB  held-out recall@1 0.710");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    Step step = new Step("proposals", 1, 5, 10, Map.of("loss", 2f), 16, 0, 2);

    assertThat(StepText.of(step, OptionalDouble.empty(), OptionalLong.empty()))
        .isEqualTo("loss 2.000  8 images/s");
  }
}
