package io.deixis.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnotatedCaptionTest {

  @Test
  void givesEachPhraseItsSpanEntityAndTypes() {
    AnnotatedCaption caption =
        AnnotatedCaption.parse("[/EN#12/people A man] in [/EN#13/clothing/other a hat] .");

    assertThat(caption.text()).isEqualTo("A man in a hat .");
    assertThat(caption.phrases())
        .containsExactly(
            new Phrase("A man", Optional.of(new Span(0, 5)), Optional.of("12"), List.of("people")),
            new Phrase(
                "a hat",
                Optional.of(new Span(9, 14)),
                Optional.of("13"),
                List.of("clothing", "other")));
  }

  @Test
  void spansPointAtThePhrase() {
    AnnotatedCaption caption =
        AnnotatedCaption.parse("\ud83d\ude00 [/EN#1/people Zo\u00eb] and [/EN#2/animals her  dog]");

    assertThat(caption.phrases())
        .hasSize(2)
        .allSatisfy(
            phrase ->
                assertThat(phrase.span().orElseThrow().of(caption.text()))
                    .isEqualTo(phrase.text()));
  }

  @Test
  void tellsMarkupFromAPlainCaption() {
    assertThat(AnnotatedCaption.hasMarkup("in [/EN#13/clothing a hat]")).isTrue();
    assertThat(AnnotatedCaption.hasMarkup("A man in [a hat]")).isFalse();
  }

  @Test
  void refusesBrokenMarkup() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnnotatedCaption.parse("in [/EN#13/clothing a hat"))
        .withMessageContaining("broken at character 4");
  }

  @org.junit.jupiter.params.ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "[/en#1/people A man]",
        "[ /EN#1/people A man]",
        "[/EN #1/people A man]",
        "[\u00A0/En#1/x A]"
      })
  void mistypedMarkupIsMarkupThatIsBroken(String caption) {
    assertThat(AnnotatedCaption.hasMarkup(caption)).isTrue();
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> AnnotatedCaption.parse(caption))
        .withMessageContaining("markup is broken");
  }
}
