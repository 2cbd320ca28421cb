package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryWordsTest {

  @ParameterizedTest
  @CsvSource({
    "dogs, dog",
    "men, man",
    "shelves, shelf",
    "cities, city",
    "ties, tie",
    "pies, pie",
    "dresses, dress",
    "brushes, brush",
    "benches, bench",
    "boxes, box",
    "buses, bus",
    "tomatoes, tomato",
    "toes, toe",
    "cats, cat"
  })
  void severalHaveASingular(String plural, String singular) {
    assertThat(QueryWords.isPlural(plural)).isTrue();
    assertThat(QueryWords.singular(plural)).isEqualTo(singular);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dog", "glasses", "has", "moss", "virus", "dog's", "bus", "s", "", "sheep"})
  void whatIsNoPluralStays(String noun) {
    assertThat(QueryWords.isPlural(noun)).isFalse();
    assertThat(QueryWords.singular(noun)).isEqualTo(noun);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"man", "postman", "businesswomen", "skater", "farmers", "cyclist", "cops"})
  void whoActsIsAPerson(String noun) {
    assertThat(QueryWords.isPerson(QueryWords.singular(noun))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dog", "water", "towers", "computer", "ladder", "beer", "list", "per", ""})
  void thingsInErAreNone(String noun) {
    assertThat(QueryWords.isPerson(noun)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "has, with",
    "wears, wearing",
    "wear, wearing",
    "sits, sitting",
    "lies, lying",
    "carries, carrying",
    "watches, watching",
    "passes, passing",
    "pushes, pushing",
    "boxes, boxing",
    "rides, riding",
    "sees, seeing",
    "hold, holding",
    "use, using"
  })
  void whatSomebodyDoesIsToldAsAParticiple(String verb, String participle) {
    assertThat(RelationGrammar.participle(verb)).isEqualTo(participle);
  }
}
