package io.deixis.dataset.siblings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiblingPhrasesTest {

  private final SiblingPhrases all = new SiblingPhrases();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a man in a blue shirt     | A man sits .                  | a woman in a blue shirt
          A man in a blue shirt     | A man sits .                  | a man in a red shirt
          a man in a blue shirt     | A man sits .                  | a man in a blue jacket
          two men                   | Two men talk .                | two women
          a dog                     | A dog runs .                  | a cat
          two dogs                  | Two dogs run .                | two horses
          a child                   | A child plays .               | a man
          a boy                     | A boy plays .                 | a girl
          a man 's guitar           | A man plays .                 | a man 's violin
          a guitar player           | A guitar player plays .       | a violin player
          black jeans               | A man in black jeans .        | black shorts
          a dog                     | A dog runs .                  | an elephant
          an elephant               | An elephant bathes .          | a dog
          a blue shirt              | A blue shirt .                | an orange shirt
          an orange shirt           | An orange shirt .             | a blue shirt
          an accordion              | Somebody plays an accordion . | a banjo
          a soccer game             | A soccer game .               | a hockey game
          the snow                  | The snow .                    | the sand
          a woman wearing a red hat | A woman in a red hat .        | a man wearing a red hat
          the beach                 | The beach .                   | the kitchen
          a cake                    | A cake .                      | a pizza
          a wooden bench            | A wooden bench .              | a plastic bench
          a man in orange           | A man in orange .             | a man in blue
          red                       | Red .                         | blue
          the man with a dog        | The man with a dog .          | the man with a cat
          """)
  void oneWordIsReplacedByAnotherOfItsKind(String phrase, String caption, String sibling) {
    assertThat(texts(phrase, caption)).contains(sibling);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a man         | A man and a woman talk .                  | a woman
          a man         | A man and a lady talk .                   | a woman
          a man         | A man talks to her .                      | a woman
          a man         | People walk . A man stands .              | a woman
          a man         | A man stands before a crowd .             | a woman
          a woman       | A woman with a guy .                      | a man
          a dog         | A dog and a kitten .                      | a cat
          a dog         | Animals play . A dog runs .               | a cat
          a dog         | Two puppies play . A dog runs .           | a puppy
          a boy         | A boy and his sisters .                   | a girl
          a woman       | A woman holds an infant .                 | a baby
          a car         | A car in traffic .                        | a truck
          a person      | A person walks .                          | a man
          people        | People walk .                             | men
          two dogs      | Two dogs run .                            | two cat
          a red shirt   | A red shirt . A crimson hat .             | a crimson shirt
          a black man   | A black man walks .                       | a white man
          black people  | Black people walk .                       | white people
          an orange     | A person eats an orange .                 | a red
          an orange     | A person eats an orange .                 | an blue
          the orange    | A person eats the orange .                | the red
          a hot dog     | A person eats a hot dog .                 | a hot cat
          a dog collar  | A dog collar .                            | a cat collar
          a man 's hat  | A man 's hat .                            | a woman 's hat
          a statue      | A statue in a garden .                    | a tree
          a denim shirt | A denim shirt .                           | a jeans shirt
          """)
  void notIfItMayBeThere(String phrase, String captions, String sibling) {
    assertThat(texts(phrase, captions)).doesNotContain(sibling);
  }

  @Test
  void tellsWhatWasReplaced() {
    assertThat(all.of("a dog", words("A dog runs .")))
        .contains(new SiblingPhrase("a cat", "animals", "dog", "cat"));
  }

  @Test
  void kindsCanBeLeftOut() {
    Set<String> captions = words("A man plays a guitar .");

    List<SiblingPhrase> siblings =
        new SiblingPhrases(Set.of("instruments")).of("a man with a guitar", captions);

    assertThat(new SiblingPhrases(Set.of("instruments")).excluded()).containsExactly("instruments");
    assertThat(siblings).isNotEmpty().noneMatch(s -> s.kind().equals("instruments"));
    assertThat(all.of("a man with a guitar", captions))
        .anyMatch(s -> s.kind().equals("instruments"));
    assertThatThrownBy(() -> new SiblingPhrases(Set.of("cutlery")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cutlery")
        .hasMessageContaining("instruments");
  }

  @Test
  void namesTheThingsOfAPhrase() {
    assertThat(SiblingPhrases.things("two guys with crimson caps"))
        .containsExactly("man", "red", "cap");
    assertThat(SiblingPhrases.things("a dog collar")).isEmpty();
  }

  @Test
  void drawsTheSameBySeedAndNoneTwice() {
    Set<String> captions = words("A man in a blue shirt walks a dog .");
    String phrase = "a man in a blue shirt with a dog";

    List<SiblingPhrase> drawn = all.draw(phrase, captions, 20, new Random(7));

    assertThat(drawn).hasSize(20).doesNotHaveDuplicates();
    assertThat(all.draw(phrase, captions, 20, new Random(7))).isEqualTo(drawn);
    assertThat(all.draw(phrase, captions, 20, new Random(8))).isNotEqualTo(drawn);
    assertThat(all.of(phrase, captions)).containsAll(drawn);
  }

  @Test
  void everyReplaceableWordHasItsTurn() {
    List<SiblingPhrase> drawn =
        all.draw(
            "a man in a blue shirt with a dog",
            words("A man in a blue shirt walks a dog ."),
            4,
            new Random(1));

    assertThat(drawn)
        .extracting(SiblingPhrase::replaced)
        .containsExactlyInAnyOrder("man", "blue", "shirt", "dog");
  }

  @Test
  void whichWordHasTheFirstTurnIsChance() {
    Set<String> captions = words("A man walks a dog .");

    Random random = new Random(1);

    assertThat(IntStream.range(0, 20))
        .extracting(i -> all.draw("a man with a dog", captions, 1, random).get(0))
        .extracting(SiblingPhrase::replaced)
        .contains("man", "dog");
  }

  @Test
  void aPhraseOfUnknownWordsHasNone() {
    assertThat(all.of("something odd", words("Something odd ."))).isEmpty();
    assertThat(all.draw("", Set.of(), 3, new Random(1))).isEmpty();
  }

  @Test
  void theListsAreLarge() {
    assertThat(SiblingPhrases.kinds())
        .hasSizeGreaterThanOrEqualTo(15)
        .contains("people", "animals", "colours", "vehicles", "instruments", "furniture")
        .doesNotContain("fixed");
  }

  private List<String> texts(String phrase, String captions) {
    return all.of(phrase, words(captions)).stream().map(SiblingPhrase::text).toList();
  }

  private static Set<String> words(String captions) {
    return SiblingPhrases.words(Arrays.asList(captions.split(" \\. ?")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a woman                  | a woman     | a man
          The old woman, smiling   | a woman     | a man
          two women in the rain    | women       | men
          a man in a red shirt     | a man       | a woman
          a man in a red shirt     | a red shirt | a blue shirt
          a man in a red shirt     | a shirt     | a jacket
          red shoes                | red shoes   | green shoes
          dog                      | a dog       | a cat
          black jeans              | jeans       | shorts
          the snow                 | snow        | sand
          an elephant              | an elephant | a dog
          """)
  void wordsCompeteWithOthersOfTheirKind(String phrase, String own, String other) {
    assertThat(SiblingPhrases.rivals(phrase, 99))
        .filteredOn(word -> word.own().equals(own))
        .singleElement()
        .satisfies(word -> assertThat(word.others()).contains(other));
  }

  @Test
  void asManyCompeteAsAreAskedFor() {
    assertThat(SiblingPhrases.rivals("a dog", 3))
        .containsExactly(new WordRivals("a dog", List.of("a cat", "a horse", "a cow")));
  }

  @ParameterizedTest
  @CsvSource({"a boy,a child", "a child,a baby", "a man with a woman,a woman", "a dog,a puppy"})
  void whatThePhraseItselfMayMeanDoesNotCompete(String phrase, String other) {
    assertThat(SiblingPhrases.rivals(phrase, 99))
        .allSatisfy(word -> assertThat(word.others()).isNotEmpty().doesNotContain(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a thing", "two people", "a hot dog", "xyz", "?!"})
  void wordsThatTheListsDoNotKnowCompeteWithNothing(String phrase) {
    assertThat(SiblingPhrases.rivals(phrase, 8)).isEmpty();
  }
}
