package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Correction;
import io.deixis.language.Reading.Form;
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
    "the playr in the blue shirt, playr, player",
    "a tabel, tabel, table",
    "an oragne jacket, oragne, orange",
    "the bycicle next to the tree, bycicle, bicycle",
    "the kitteh, kitteh, kitten",
    "wher is the ball, wher, where",
    "evryone, evryone, everyone",
    "the man ridng a horse, ridng, riding",
    "the theodolit, theodolit, theodolite",
    "the umbreellaa, umbreellaa, umbrella",
    "wman, wman, woman",
    "her right hnd, hnd, hand",
    "the hat on his hed, hed, head",
    "the two kis, kis, kids",
    "a crt on the left, crt, cart",
    "two young girs, girs, girls",
    "a bathing sut, sut, suit",
    "the man's hnd, hnd, hand",
    "the womn on the left, womn, woman",
    "the chld, chld, child",
    "the todler in the pram, todler, toddler",
    "the prson in front, prson, person",
    "a tre on the left, tre, tree",
    "the lft dog, lft, left",
    "the secnd dog, secnd, second"
  })
  void oneNearWordIsTakenAndTold(String query, String typed, String read) {
    Reading reading = READER.read(query);
    assertThat(reading.corrections()).containsExactly(new Correction(typed, read));
    assertThat(reading.notes()).contains("Read \"%s\" as \"%s\".".formatted(typed, read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the colourful jewellery",
        "a quokka",
        "the man's hat",
        "a t-shirt",
        "zebras",
        "a café",
        "the van in the street",
        "the red dye",
        "a man and a woman who met"
      })
  void knownWordsStay(String query) {
    Reading reading = READER.read(query);
    assertThat(reading.corrections()).isEmpty();
    assertThat(reading.isKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "the zorblax on the left, zorblax",
    "the snorfle on the table, snorfle",
    "a vintarq, vintarq",
    "a lmp on the left, lmp",
    "the plnts, plnts",
    "a trn, trn",
    "the man with the quxle, quxle",
    "the zorblax's hat, zorblax's",
    "a zorblax-snorfle, zorblax-snorfle",
    "the elizebeth, elizebeth",
    "the ummmbrellla, ummmbrellla"
  })
  void aWordOfNoListIsTold(String query, String unknown) {
    Reading reading = READER.read(query);
    assertThat(reading.corrections()).isEmpty();
    assertThat(reading.unknownWords()).containsExactly(unknown);
    assertThat(reading.isKnown()).isFalse();
    assertThat(reading.notes()).anyMatch(note -> note.contains(unknown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "der hund links",
        "die frau links",
        "el perro rojo",
        "dos perros",
        "la voiture rouge",
        "le chien",
        "l'homme au chapeau",
        "due cani",
        "a mulher de vermelho",
        "de man met de hoed",
        "den röda bilen",
        "kırmızı araba",
        "犬",
        "犬2",
        "a dans"
      })
  void otherLanguagesAreTold(String query) {
    Reading reading = READER.read(query);
    assertThat(reading.form()).isEqualTo(Form.FOREIGN);
    assertThat(reading.notes()).containsExactly("The model reads English; ask in English.");
  }
}
