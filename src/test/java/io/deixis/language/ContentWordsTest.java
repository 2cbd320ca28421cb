package io.deixis.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentWordsTest {

  @Test
  void leavesFunctionWordsAndPunctuationOut() {
    assertThat(ContentWords.of("The man 's two  red hats , and a DOG"))
        .containsExactlyInAnyOrder("man", "red", "hats", "dog");
  }

  @Test
  void aPhraseMayHaveNone() {
    assertThat(ContentWords.of("this one")).isEmpty();
  }
}
