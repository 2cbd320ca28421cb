package io.deixis.grounding;

import static io.deixis.grounding.PhraseState.ABSENT;
import static io.deixis.grounding.PhraseState.FOUND;
import static io.deixis.grounding.PhraseState.UNSURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import io.deixis.language.Phrase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void documentsNameItInLowerCase() {
    assertThat(FOUND.id()).isEqualTo("found");
    assertThat(UNSURE.id()).isEqualTo("unsure");
  }

  @Test
  void limitOfABundleGoesBeforeTheRule() {
    assertThat(model(Map.of("best", 0.38, "unsure", 0.25)).unsureFrom()).isEqualTo(0.25);
    assertThat(model(Map.of("best", 0.38)).unsureFrom()).isEqualTo(0.19);
    assertThat(model(Map.of()).unsureFrom()).isEqualTo(0.25);
  }

  @Test
  void anAnswerIsJudgedPhraseByPhrase() {
    ScoredBox good = new ScoredBox(new Box(0, 0, 10, 10), 0.6);
    ScoredBox weak = new ScoredBox(new Box(5, 5, 10, 10), 0.3);
    GroundingAnswer answer =
        new GroundingAnswer(
                new GroundingAnswer.ImageSize(20, 20),
                Optional.empty(),
                Optional.empty(),
                0.2,
                List.of(
                    new GroundedPhrase(Phrase.of("a cat"), 0.6, List.of(good, weak)),
                    new GroundedPhrase(Phrase.of("a dog"), 0.3, List.of(weak)),
                    new GroundedPhrase(Phrase.of("a cow"), 0.1, List.of())),
                new GroundingAnswer.ModelReference("m", "1"),
                new Timings(Map.of(), 0, false))
            .judged(0.4, 0.2);

    assertThat(answer.threshold()).isEqualTo(0.4);
    assertThat(answer.phrases())
        .extracting(phrase -> phrase.state().orElseThrow())
        .containsExactly(FOUND, UNSURE, ABSENT);
    assertThat(answer.phrases())
        .extracting(GroundedPhrase::found)
        .containsExactly(true, false, false);
    assertThat(answer.phrases().get(0).boxes()).containsExactly(good);
    assertThat(answer.phrases().get(1).boxes()).isEmpty();
    assertThat(answer.phrases().get(1).guess()).contains(weak);
    assertThat(answer.phrases().get(2).guess()).isEmpty();
  }

  private static ModelDescription model(Map<String, Double> thresholds) {
    return new ModelDescription("m", "1", "", "", thresholds, Map.of());
  }
}
