package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsweredReadingTest {

  private static final Reading TREE = new Reading("the tree", "tree", List.of(), List.of(), 1);

  private static Reading dogs(int number, List<String> attributes, Relation... relations) {
    return new Reading(
        "dogs",
        "dog",
        attributes,
        List.of(relations),
        number,
        Reading.Form.QUESTION,
        List.of(new Reading.Correction("dgos", "dogs")),
        List.of(),
        true,
        List.of());
  }

  private static Relation relation(String name, int place, Reading... references) {
    return new Relation(name, place, List.of(references), false);
  }

  private static AnsweredReading told(Reading reading, int among, int found) {
    return AnsweredReading.of(reading, Map.of(), among, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          left        | 1 | 1 | dog → first from the left
          left        | 2 | 3 | dog → second of 3 from the left
          right       | 8 | 9 | dog → eighth of 9 from the right
          top         | 9 | 9 | dog → 9th of 9 from the top
          bottom      | 1 | 2 | dog → first of 2 from the bottom
          biggest     | 1 | 2 | dog → biggest of 2
          smallest    | 2 | 3 | dog → second smallest of 3
          closest     | 1 | 1 | dog → closest
          middle      | 1 | 3 | dog → in the middle of 3
          corner      | 1 | 3 | dog → in the corner
          background  | 1 | 3 | dog → in the background
          top left    | 1 | 3 | dog → in the top left corner
          other       | 1 | 2 | dog → the other one
          jumping     | 1 | 2 | dog → jumping
          """)
  void theSummaryIsInPlainWords(String name, int place, int among, String summary) {
    assertThat(told(dogs(1, List.of(), relation(name, place)), among, 1).summary())
        .isEqualTo(summary);
  }

  @Test
  void theOthersAreSeveral() {
    assertThat(told(dogs(Reading.ALL, List.of(), relation("other", 1)), 3, 2).summary())
        .isEqualTo("dog → all, the others");
  }

  @Test
  void referencesAreInTheSummary() {
    assertThat(told(dogs(1, List.of(), relation("next to", 1, TREE)), 2, 1).summary())
        .isEqualTo("dog → next to the tree");
    assertThat(told(dogs(1, List.of(), relation("between", 1, TREE, TREE)), 2, 1).summary())
        .isEqualTo("dog → between the tree and the tree");
    assertThat(told(dogs(1, List.of(), relation("next to", 1, TREE).negated()), 2, 1).summary())
        .isEqualTo("dog → not next to the tree");
    assertThat(told(dogs(1, List.of(), relation(Relation.SAME, 1, TREE).negated()), 2, 1).summary())
        .isEqualTo("dog → not the tree");
  }

  @ParameterizedTest
  @CsvSource({"1, dog → black, one", "0, 'dog → all, black', all", "3, 'dog → 3, black', 3"})
  void howManyAreAskedForIsTold(int number, String summary, String told) {
    AnsweredReading reading = told(dogs(number, List.of("black")), 1, 3);

    assertThat(reading.summary()).isEqualTo(summary);
    assertThat(reading.number()).isEqualTo(told);
    assertThat(reading.attributes()).containsExactly("black");
  }

  @Test
  void aPlainReadingIsItsTarget() {
    assertThat(told(TREE, 1, 1).summary()).isEqualTo("tree");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          other | 1 | 1 | Only 1 is seen for sure.
          left  | 3 | 2 | Only 2 are seen for sure.
          """)
  void tooFewAreTold(String name, int place, int among, String note) {
    assertThat(told(dogs(1, List.of(), relation(name, place)), among, 0).notes()).contains(note);
    for (int enough : new int[] {3, 0}) {
      assertThat(told(dogs(1, List.of(), relation(name, place)), enough, 0).notes())
          .noneMatch(other -> other.startsWith("Only"));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1, true", "2, 2, false", "2, 0, false", "1, 0, false", "0, 1, false"})
  void fewerThanAskedForIsNoted(int number, int found, boolean noted) {
    List<String> notes = told(dogs(number, List.of()), 3, found).notes();

    assertThat(notes).contains("Read \"dgos\" as \"dogs\".");
    assertThat(notes.contains("Asked for 2, found 1.")).isEqualTo(noted);
  }

  @Test
  void whatIsSaidToBeNoneIsToldWhetherOrNotItIsFound() {
    AnsweredReading found = told(TREE.withNumber(Reading.NONE), 1, 1);

    assertThat(found.number()).isEqualTo("none");
    assertThat(found.summary()).isEqualTo("tree → none");
    assertThat(found.notes())
        .containsExactly("These words say that there is none; a box shows what may be one.");
    assertThat(told(TREE.withNumber(Reading.NONE), 0, 0).notes())
        .containsExactly("These words say that there is none, and none was found.");
  }

  @Test
  void veryManyAreToldAsThatOrMore() {
    assertThat(told(TREE.withNumber(Reading.MANY), 1, 1).notes())
        .containsExactly("Asked for 1000 or more, found 1.");
  }

  @Test
  void aListIsToldByItsParts() {
    Reading list =
        new Reading(
            "teh first dog and the tree",
            "all of it",
            List.of(),
            List.of(),
            1,
            Reading.Form.SENTENCE,
            List.of(new Reading.Correction("teh", "the")),
            List.of(),
            false,
            List.of(TREE, TREE));
    AnsweredReading first = told(dogs(2, List.of(), relation("next to", 1, TREE)), 3, 1);

    AnsweredReading told = AnsweredReading.ofList(list, List.of(first, told(TREE, 1, 1), first));

    assertThat(told.summary())
        .isEqualTo("dog → 2, next to the tree; tree; dog → 2, next to the tree");
    assertThat(told.target()).isEqualTo("all of it");
    assertThat(told.form()).isEqualTo("list");
    assertThat(told.number()).isEqualTo("3");
    assertThat(told.relations()).hasSize(2);
    assertThat(told.corrections()).containsExactly(new Reading.Correction("teh", "the"));
    assertThat(told.notes())
        .containsExactly(
            "Read \"teh\" as \"the\".", "Read \"dgos\" as \"dogs\".", "Asked for 2, found 1.");
  }

  @Test
  void everyMemberIsTold() {
    Reading reading = dogs(1, List.of(), relation("next to", 2, TREE).negated());
    ScoredBox box = new ScoredBox(new Box(1, 2, 3, 4), 0.5);

    AnsweredReading told = AnsweredReading.of(reading, Map.of(TREE, box), 2, 1);

    assertThat(told.target()).isEqualTo("dog");
    assertThat(told.form()).isEqualTo("question");
    assertThat(told.understood()).isTrue();
    assertThat(told.corrections()).containsExactly(new Reading.Correction("dgos", "dogs"));
    assertThat(told.unknownWords()).isEmpty();
    assertThat(told.relations())
        .containsExactly(new AnsweredReading.Relation("next to", 2, true, List.of("the tree")));
    assertThat(told.references())
        .containsExactly(new AnsweredReading.Reference("the tree", List.of(box)));
    assertThat(told.scaled(2, 10).references().get(0).boxes())
        .containsExactly(new ScoredBox(new Box(2, 20, 6, 40), 0.5));
    assertThat(told.scaled(2, 10).relations()).isEqualTo(told.relations());
  }
}
