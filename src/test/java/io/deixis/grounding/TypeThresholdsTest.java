package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeThresholdsTest {

  private final TypeThresholds thresholds =
      new TypeThresholds(0.4, Map.of("people", 0.6, "animals", 0.5));

  @Test
  void phraseTakesTheLowestOfItsTypesOwn() {
    assertThat(thresholds.own(List.of("people"))).contains(0.6);
    assertThat(thresholds.own(List.of("people", "animals", "other"))).contains(0.5);
  }

  @Test
  void phraseOfNoSuchTypeHasNoneOfItsOwn() {
    assertThat(thresholds.own(List.of())).isEmpty();
    assertThat(thresholds.own(List.of("other"))).isEmpty();
  }

  @Test
  void lowestIsBelowNoThreshold() {
    assertThat(new TypeThresholds(0.4, Map.of("people", 0.6), 0.5).lowest()).isEqualTo(0.4);
    assertThat(new TypeThresholds(0.4, Map.of(), 0.2).lowest()).isEqualTo(0.2);
    assertThat(new TypeThresholds(0.7, Map.of("people", 0.1)).lowest()).isEqualTo(0.1);
  }

  @Test
  void guessesAreShownFromHalfOfTheThresholdOn() {
    assertThat(new TypeThresholds(0.4, Map.of()).unsureFrom()).isEqualTo(0.2);
  }
}
