package io.deixis.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.language.Reading.Form;
import io.deixis.language.Reading.Relation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {

  private static final Relation LEFT = new Relation("left", 1, List.of(), false);

  private static Reading dogs(int number, boolean understood, Relation... relations) {
    return new Reading(
        "dogs",
        "dog",
        List.of(),
        List.of(relations),
        number,
        Form.PHRASE,
        List.of(),
        List.of(),
        understood,
        List.of());
  }

  @Test
  void oneThingWithoutRelationsIsPlain() {
    assertThat(dogs(1, true).isPlain()).isTrue();
    assertThat(dogs(2, true).isPlain()).isFalse();
    assertThat(dogs(Reading.ALL, true).isPlain()).isFalse();
    assertThat(dogs(1, true, LEFT).isPlain()).isFalse();
  }

  @Test
  void wordsThatWereNotTakenApartAreToldButThoseOfASentence() {
    Reading whole = Reading.whole("dogs of a kind");

    assertThat(dogs(1, true).notes()).isEmpty();
    assertThat(whole.notes())
        .containsExactly(
            "It is not clear which thing these words mean; they were looked for as they stand,"
                + " and what is found is a guess.");
    assertThat(whole.of(Form.SENTENCE, List.of(), List.of()).notes()).isEmpty();
  }

  @Test
  void theThirdOneNeedsThreeAndAnotherOneTwo() {
    Relation third = new Relation("left", 3, List.of(), false);
    Relation other = new Relation(Relation.OTHER, 1, List.of(), false);

    assertNeeds(dogs(1, true), 1);
    assertNeeds(dogs(1, true, LEFT, third), 3);
    assertNeeds(dogs(1, true, third.negated()), 1);
    assertNeeds(dogs(1, true, other), 2);
    assertNeeds(dogs(1, true, other, third), 3);
    assertThat(dogs(1, true, other).asksForOther()).isTrue();
    assertThat(dogs(1, true, other.negated(), third).asksForOther()).isFalse();
  }

  private static void assertNeeds(Reading reading, int needed) {
    assertThat(reading.needsMoreThan(needed - 1)).isTrue();
    assertThat(reading.needsMoreThan(needed)).isFalse();
  }

  @Test
  void aPhraseByItselfHasNoPlaceAndNoChain() {
    assertThat(Phrase.of("a dog"))
        .isEqualTo(new Phrase("a dog", Optional.empty(), Optional.empty(), List.of()));
  }
}
