package io.deixis.service.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.TypeThresholds;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoPageTest {

  @Test
  void sliderIsMarkedWithTheThresholdsOfAllBoxes() {
    ModelDescription model =
        new ModelDescription(
            "m",
            "1",
            "",
            "",
            Map.of("default", 0.5, "best", 0.35, "best/people", 0.4, "unsure", 0.2),
            Map.of());

    assertThat(DemoPage.Mark.of(model, Optional.empty()))
        .extracting(DemoPage.Mark::name)
        .containsExactly("best", "default");
    assertThat(DemoPage.Mark.of(model, Optional.of(new TypeThresholds(0.42, Map.of()))))
        .extracting(DemoPage.Mark::name)
        .containsExactly("best", "yours", "default");
  }
}
