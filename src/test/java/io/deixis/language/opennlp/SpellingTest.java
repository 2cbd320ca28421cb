package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Correction;
import io.deixis.language.Reading.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

  private static final EnglishQueryReader READER =
      new EnglishQueryReader(new OpenNlpCaptionChunker());

  @ParameterizedTest
  @CsvSource({
    "the wmoan in red, wmoan, woman",
    "a blue umbrela, umbrela, umbrella",
    "the bicicle, bicicle, bicycle",
    "show me the gril, gril, girl",
    "teh dog, teh, the",
    "the man with the guitr, guitr, guitar",
    "the playr in the blue shirt, playr, player"
  })
  void oneNearWordIsTakenAndTold(String query, String typed, String read) {
    Reading reading = READER.read(query);
    assertThat(reading.corrections()).containsExactly(new Correction(typed, read));
    assertThat(reading.notes()).contains("Read \"%s\" as \"%s\".".formatted(typed, read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"the colourful jewellery", "a quokka", "the man's hat", "a t-shirt", "zebras"})
  void knownWordsStay(String query) {
    Reading reading = READER.read(query);
    assertThat(reading.corrections()).isEmpty();
    assertThat(reading.isKnown()).isTrue();
  }

  @Test
  void aWordOfNoListIsTold() {
    Reading reading = READER.read("the zorblax on the left");
    assertThat(reading.unknownWords()).containsExactly("zorblax");
    assertThat(reading.isKnown()).isFalse();
    assertThat(reading.notes()).anyMatch(note -> note.contains("zorblax"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"der hund links", "el perro rojo", "la voiture rouge", "le chien", "犬"})
  void otherLanguagesAreTold(String query) {
    Reading reading = READER.read(query);
    assertThat(reading.form()).isEqualTo(Form.FOREIGN);
    assertThat(reading.notes()).containsExactly("The model reads English; ask in English.");
  }
}
