package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntitySentenceTest {

  @Test
  void removesTheMarkupAndKeepsTheWords() {
    EntitySentence sentence =
        EntitySentence.parse(
            "[/EN#12/people A man] holds [/EN#3/other/scene the \" big \" door] .");

    assertThat(sentence.text()).isEqualTo("A man holds the \" big \" door .");
    assertThat(sentence.phrases())
        .containsExactly(
            new EntityPhrase("12", List.of("people"), "A man", 0),
            new EntityPhrase("3", List.of("other", "scene"), "the \" big \" door", 12));
  }

  @Test
  void keepsPhrasesOfOneChainApart() {
    EntitySentence sentence = EntitySentence.parse("[/EN#7/people Ann] and [/EN#7/people Ann]");

    assertThat(sentence.phrases()).extracting(EntityPhrase::firstChar).containsExactly(0, 8);
  }

  @Test
  void readsTheNullChainLikeAnyOther() {
    assertThat(EntitySentence.parse("in [/EN#0/notvisual the way]").phrases())
        .containsExactly(new EntityPhrase("0", List.of("notvisual"), "the way", 3));
  }

  @Test
  void phrasePositionsPointIntoThePlainText() {
    EntitySentence sentence =
        EntitySentence.parse(
            "Two [/EN#1/people na\u00efve \ud83d\ude00 men] in [/EN#2/clothing hats]");

    assertThat(sentence.phrases())
        .hasSize(2)
        .allSatisfy(
            phrase ->
                assertThat(sentence.text().substring(phrase.firstChar()))
                    .startsWith(phrase.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[/EN#12/people/other A man] in [/EN#0/notvisual the way] of [/EN#13/animals a dog]",
        "Nobody , nothing .",
        ""
      })
  void givesTheMarkupBack(String markup) {
    assertThat(EntitySentence.parse(markup).markup()).isEqualTo(markup);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A man .\r", "A man .\r\n", "A man .\n", "A man ."})
  void dropsTheLineEnd(String line) {
    assertThat(EntitySentence.parse(line)).isEqualTo(new EntitySentence("A man .", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A [/EN#12/people man",
        "A [/EN#12 man]",
        "A [/EN#/people man]",
        "A [/EN#12/people ]",
        "A [/EN#12/people]",
        "A [EN#12/people man]",
        "A [/EN#12/people man [/EN#13/clothing in a hat]]",
        "A [tall] man"
      })
  void refusesBrokenMarkup(String markup) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySentence.parse(markup))
        .withMessageContaining("at character 3")
        .withMessageContaining("[/EN#12/people A man]");
  }

  @Test
  void refusesAnEndWithoutABeginning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySentence.parse("[/EN#1/people A man] in a hat]"))
        .withMessageContaining("at character 30");
  }

  @Test
  void takesEverySpaceOfUnicodeForASpace() {
    EntitySentence sentence =
        EntitySentence.parse("[/EN#1/people\u00A0A\u2009man\u3000] in [/EN#2/clothing\u2003a hat]");

    assertThat(sentence.phrases())
        .extracting(EntityPhrase::types, EntityPhrase::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(List.of("people"), "A\u2009man"),
            org.assertj.core.groups.Tuple.tuple(List.of("clothing"), "a hat"));
    assertThat(sentence.text()).isEqualTo("A\u2009man in a hat");
  }

  @Test
  void aPhraseMayHaveManyTypes() {
    assertThat(
            EntitySentence.parse("[/EN#1" + "/a".repeat(50_000) + " x]").phrases().get(0).types())
        .hasSize(50_000);
  }
}
