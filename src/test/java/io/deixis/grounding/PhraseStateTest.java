package io.deixis.grounding;

import static io.deixis.grounding.PhraseState.ABSENT;
import static io.deixis.grounding.PhraseState.FOUND;
import static io.deixis.grounding.PhraseState.UNSURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PhraseStateTest {

  @Test
  void bandLiesBelowTheThreshold() {
    assertThat(PhraseState.of(0.4, 0.4, 0.2)).isEqualTo(FOUND);
    assertThat(PhraseState.of(0.39, 0.4, 0.2)).isEqualTo(UNSURE);
    assertThat(PhraseState.of(0.2, 0.4, 0.2)).isEqualTo(UNSURE);
    assertThat(PhraseState.of(0.19, 0.4, 0.2)).isEqualTo(ABSENT);
    assertThat(PhraseState.of(0.15, 0.1, 0.2)).isEqualTo(FOUND);
  }

  @Test
  void limitOfABundleGoesBeforeTheRule() {
    assertThat(model(Map.of("best", 0.38, "unsure", 0.25)).unsureFrom()).isEqualTo(0.25);
    assertThat(model(Map.of("best", 0.38)).unsureFrom()).isEqualTo(0.19);
    assertThat(model(Map.of()).unsureFrom()).isEqualTo(0.25);
  }

  private static ModelDescription model(Map<String, Double> thresholds) {
    return new ModelDescription("m", "1", "", "", thresholds, Map.of());
  }
}
