package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.ModelDescription;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoPageTest {

  @Test
  void sliderIsMarkedWithTheThresholdsOfAllBoxes() {
    ModelDescription model =
        new ModelDescription(
            "m", "1", "", "", Map.of("default", 0.5, "best", 0.35, "best/people", 0.4), Map.of());

    assertThat(DemoPage.Mark.of(model))
        .extracting(DemoPage.Mark::name)
        .containsExactly("best", "default");
    assertThat(DemoPage.initialThreshold(model)).isEqualTo(0.35);
  }
}
