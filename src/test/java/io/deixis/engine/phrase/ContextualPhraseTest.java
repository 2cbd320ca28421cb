package io.deixis.engine.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.ResolvedQuery;
import io.deixis.language.Phrase;
import io.deixis.language.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextualPhraseTest {

  @ParameterizedTest
  @CsvSource({
    "a dog!!, a dog",
    "a dog ., a dog",
    "'\"a dog\"', a dog",
    "a dog 🐶, a dog",
    "a big!! dog, a big dog",
    "the man's T-shirt, the man's T-shirt",
    "number 2, number 2",
    "a café, a café",
    "?!, ?!"
  })
  void marksAroundWordsMeanNothing(String typed, String encoded) {
    assertThat(of(Optional.empty(), Phrase.of(typed)))
        .isEqualTo(new ContextualPhrase(encoded, encoded, 0, encoded.length()));
  }

  @Test
  void aPhraseOfACaptionStaysWithItsSentence() {
    Phrase dog = new Phrase("a dog", Optional.of(new Span(0, 5)), Optional.empty(), List.of());

    assertThat(of(Optional.of("a dog!!"), dog))
        .isEqualTo(new ContextualPhrase("a dog", "a dog!!", 0, 5));
  }

  private static ContextualPhrase of(Optional<String> caption, Phrase phrase) {
    return ContextualPhrase.of(new ResolvedQuery(caption, List.of(phrase))).get(0);
  }
}
