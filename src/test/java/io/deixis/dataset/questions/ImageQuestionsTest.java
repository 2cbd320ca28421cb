package io.deixis.dataset.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about pictures of 1000 x 1000 pixels. */
class ImageQuestionsTest {

  private static Box at(double x, double y) {
    return new Box(x - 20, y - 20, x + 20, y + 20);
  }

  private static AnnotatedImage image(Map<String, List<Box>> boxes, String... captions) {
    return new AnnotatedImage(
        "7",
        1000,
        1000,
        boxes,
        Set.of(),
        Set.of(),
        Stream.of(captions).map(EntitySentence::parse).toList());
  }

  /** Boxes of chains that have one each, counted from 1. */
  private static Map<String, List<Box>> chains(Box... boxes) {
    Map<String, List<Box>> chains = new LinkedHashMap<>();
    for (Box box : boxes) {
      chains.put(String.valueOf(chains.size() + 1), List.of(box));
    }
    return chains;
  }

  /** Things of one noun, each a chain of its own. */
  private static AnnotatedImage row(String type, String noun, Box... boxes) {
    StringBuilder caption = new StringBuilder();
    for (int i = 0; i < boxes.length; i++) {
      caption.append("[/EN#%d/%s a %s] , ".formatted(i + 1, type, noun));
    }
    return image(chains(boxes), caption.append(".").toString());
  }

  private static List<Box> asked(AnnotatedImage image, String text) {
    return ImageQuestions.of(image).stream()
        .filter(question -> question.text().equals(text))
        .findFirst()
        .map(Question::answer)
        .orElse(List.of());
  }

  private static List<String> kinds(AnnotatedImage image) {
    return ImageQuestions.of(image).stream().map(Question::kind).distinct().toList();
  }

  private static List<String> nouns(AnnotatedImage image) {
    return List.copyOf(Instances.of(image).boxes().keySet());
  }

  @Test
  void sidesOfTwoAreAsked() {
    AnnotatedImage two = row("animals", "dog", at(200, 500), at(800, 500));

    assertThat(asked(two, "the dog on the left hand side")).containsExactly(at(200, 500));
    assertThat(asked(two, "rightmost dog in the photo")).containsExactly(at(800, 500));
    assertThat(asked(two, "the dog which isn't on the left")).containsExactly(at(800, 500));
    assertThat(asked(two, "the dog other than the left one")).containsExactly(at(800, 500));
    assertThat(asked(two, "two dogs")).containsExactly(at(200, 500), at(800, 500));
    assertThat(kinds(two)).contains("side-of-two-things", "not-left-things", "other-things");
    assertThat(kinds(two)).doesNotContain("middle-things", "ordinal-things", "top-bottom-things");
  }

  @Test
  void peopleAreAskedForByWho() {
    AnnotatedImage two = row("people", "man", at(200, 500), at(800, 500));

    assertThat(asked(two, "the man who isn't on the left")).containsExactly(at(800, 500));
    assertThat(asked(two, "everybody in the picture")).isEmpty(); // there are no others than men
    assertThat(asked(two, "each man")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"301, true", "299, false"})
  void neighboursAreATenthOfThePictureApart(double x, boolean clear) {
    AnnotatedImage two = row("animals", "dog", at(200, 500), at(x, 500));

    assertThat(asked(two, "leftmost dog in the photo").isEmpty()).isNotEqualTo(clear);
    assertThat(asked(two, "rightmost dog in the photo").isEmpty()).isNotEqualTo(clear);
  }

  @ParameterizedTest
  @CsvSource({"301, true", "299, false"})
  void heightsAreATenthOfThePictureApart(double y, boolean clear) {
    AnnotatedImage two = row("animals", "dog", at(200, 200), at(500, y));

    assertThat(asked(two, "uppermost dog").isEmpty()).isNotEqualTo(clear);
    assertThat(asked(two, "the dog nearest the bottom of the picture").isEmpty())
        .isNotEqualTo(clear);
  }

  @Test
  void aTenthOfThePictureIsEnough() {
    // 0, 0.1 and 0.2 are a tenth apart as floating-point numbers, too.
    AnnotatedImage two = row("animals", "dog", at(0, 0), at(100, 100));
    AnnotatedImage three = row("animals", "dog", at(0, 5), at(100, 5), at(200, 5));

    assertThat(asked(two, "leftmost dog in the photo")).containsExactly(at(0, 0));
    assertThat(asked(two, "rightmost dog in the photo")).containsExactly(at(100, 100));
    assertThat(asked(two, "uppermost dog")).containsExactly(at(0, 0));
    assertThat(asked(two, "lowermost dog")).containsExactly(at(100, 100));
    assertThat(asked(three, "second dog counting from the left")).containsExactly(at(100, 5));
  }

  @Test
  void sixAreStillOrdered() {
    AnnotatedImage six =
        row("animals", "dog", at(0, 5), at(150, 5), at(300, 5), at(450, 5), at(600, 5), at(750, 5));

    assertThat(asked(six, "leftmost dog in the photo")).containsExactly(at(0, 5));
    assertThat(asked(six, "third dog counting from the right")).containsExactly(at(450, 5));
    assertThat(asked(six, "the dog that is fourth from the right")).isEmpty();
  }

  @Test
  void fiveInARowAreCountedFromBothSides() {
    AnnotatedImage five =
        row("animals", "dog", at(100, 5), at(300, 5), at(500, 5), at(700, 5), at(900, 5));

    assertThat(asked(five, "second dog counting from the left")).containsExactly(at(300, 5));
    assertThat(asked(five, "third dog counting from the left")).containsExactly(at(500, 5));
    assertThat(asked(five, "the dog that is second from the right")).containsExactly(at(700, 5));
    assertThat(asked(five, "the dog that is third from the right")).containsExactly(at(500, 5));
    assertThat(asked(five, "fourth dog counting from the left")).isEmpty();
    assertThat(asked(five, "the five dogs")).hasSize(5);
    assertThat(kinds(five)).contains("side-of-more-things").doesNotContain("middle-things");
  }

  @Test
  void oneThatTouchesItsNeighbourIsNotCounted() {
    AnnotatedImage three = row("animals", "dog", at(100, 5), at(500, 5), at(560, 5));

    assertThat(asked(three, "second dog counting from the left")).isEmpty();
    assertThat(asked(three, "middle dog of the three")).isEmpty();
    assertThat(asked(three, "leftmost dog in the photo")).containsExactly(at(100, 5));
    assertThat(asked(three, "rightmost dog in the photo")).isEmpty();
  }

  @Test
  void oneThatTouchesTheFirstIsNotCounted() {
    AnnotatedImage three = row("animals", "dog", at(100, 5), at(160, 5), at(900, 5));

    assertThat(asked(three, "second dog counting from the left")).isEmpty();
    assertThat(asked(three, "second dog counting from the right")).isEmpty();
  }

  @Test
  void theMiddleOneOfThreeIsBetweenTheOthers() {
    AnnotatedImage three = row("animals", "dog", at(100, 5), at(500, 5), at(900, 5));

    assertThat(asked(three, "middle dog of the three")).containsExactly(at(500, 5));
    assertThat(asked(three, "the dog between the other two dogs")).containsExactly(at(500, 5));
  }

  @Test
  void sizesDifferByTwoFifthsOfTheArea() {
    Box small = new Box(0, 0, 10, 10);
    Box middle = new Box(100, 0, 110, 14);
    Box big = new Box(200, 0, 220, 20);
    AnnotatedImage three = row("animals", "dog", big, small, middle);

    assertThat(asked(three, "the smallest dog of all")).containsExactly(small);
    assertThat(asked(three, "which dog is the largest?")).containsExactly(big);
    assertThat(asked(three, "the nearest dog")).containsExactly(big);
    assertThat(asked(three, "the most distant dog")).containsExactly(small);
    AnnotatedImage alike = row("animals", "dog", new Box(300, 0, 310, 13.9), small, big);
    assertThat(asked(alike, "the smallest dog of all")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"14, true", "13.9, false"})
  void theBiggestHasTwoFifthsMoreThanTheNext(double height, boolean clear) {
    Box big = new Box(200, 0, 210, height);
    AnnotatedImage two = row("animals", "dog", big, new Box(0, 0, 10, 10));

    assertThat(asked(two, "the biggest dog of all").isEmpty()).isNotEqualTo(clear);
  }

  @Test
  void whereAllStandOnOneLineNoneIsNearest() {
    AnnotatedImage two = row("animals", "dog", new Box(0, 10, 10, 20), new Box(200, 0, 220, 20));

    assertThat(asked(two, "the biggest dog of all")).hasSize(1);
    assertThat(asked(two, "the nearest dog")).isEmpty();
    assertThat(asked(two, "the smallest dog of all")).hasSize(1);
    assertThat(asked(two, "the most distant dog")).isEmpty();
  }

  @Test
  void theLargestIsTheNearestOnlyIfItIsTheLowest() {
    Box small = new Box(0, 500, 10, 510);
    Box big = new Box(200, 0, 220, 20);
    AnnotatedImage two = row("animals", "dog", big, small);

    assertThat(asked(two, "the biggest dog of all")).containsExactly(big);
    assertThat(asked(two, "the nearest dog")).isEmpty();
    assertThat(asked(two, "the dog farthest away")).isEmpty();
  }

  @Test
  void moreThanSixAreNotOrderedAndMoreThanEightNotCounted() {
    Box[] boxes = Stream.iterate(50, x -> x + 100).limit(9).map(x -> at(x, 5)).toArray(Box[]::new);

    assertThat(kinds(row("animals", "dog", java.util.Arrays.copyOf(boxes, 7))))
        .contains("number", "all-things")
        .doesNotContain("side-of-more-things");
    assertThat(asked(row("animals", "dog", java.util.Arrays.copyOf(boxes, 8)), "eight dogs"))
        .hasSize(8);
    assertThat(kinds(row("animals", "dog", boxes))).doesNotContain("number", "all-things");
    assertThat(kinds(row("animals", "dog", boxes[0]))).doesNotContain("number", "all-things");
  }

  @ParameterizedTest
  @CsvSource({
    "man, men",
    "lady, ladies",
    "bench, benches",
    "dog, dogs",
    "fish, fish",
    "person, people"
  })
  void nounsHaveTheirPlurals(String singular, String plural) {
    assertThat(Nouns.plural(singular)).isEqualTo(plural);
    assertThat(Nouns.singular(plural)).isEqualTo(singular);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grass", "bus", "gas", "tennis", "dog"})
  void notEveryNounWithAnSIsPlural(String noun) {
    assertThat(Nouns.singular(noun)).isEqualTo(noun);
  }

  @Test
  void aNounCountsOnlyIfAllItsMentionsHaveBoxes() {
    Map<String, List<Box>> boxes = chains(at(100, 5), at(500, 5));
    String two = "[/EN#1/animals A dog] and [/EN#2/animals a dog] ";

    assertThat(nouns(image(boxes, two + "."))).containsExactly("dog");
    assertThat(nouns(image(boxes, two + "near [/EN#3/animals a dog] ."))).isEmpty();
    assertThat(nouns(image(boxes, two + "near another dog ."))).isEmpty();
    assertThat(nouns(image(boxes, two + "near dogs ."))).isEmpty();
    assertThat(nouns(image(boxes, two + "near a hotdog ."))).containsExactly("dog");
    assertThat(nouns(image(boxes, "[/EN#1/animals Dogs] .", "[/EN#2/animals a dog] ."))).isEmpty();
    assertThat(nouns(image(boxes, "[/EN#1/animals A group of dogs] ."))).isEmpty();
    assertThat(nouns(image(boxes, "[/EN#1/clothing A hat] ."))).isEmpty();
    assertThat(nouns(image(boxes, "[/EN#1/other Another] ."))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Two dogs, true", "Three dogs, false", "Dogs, true", "A dog, false"})
  void aNumberAgreesWithItsBoxes(String phrase, boolean accounted) {
    Map<String, List<Box>> boxes = Map.of("1", List.of(at(100, 5), at(500, 5)));

    assertThat(nouns(image(boxes, "[/EN#1/animals %s] .".formatted(phrase))).contains("dog"))
        .isEqualTo(accounted);
  }

  @Test
  void peopleOutsideOfPhrasesLeaveNobodyCounted() {
    Map<String, List<Box>> boxes = chains(at(100, 5), at(500, 5), at(900, 5));
    String said = "[/EN#1/people A man] with [/EN#2/people a woman] and [/EN#3/animals a dog] ";

    assertThat(nouns(image(boxes, said + ".")))
        .containsExactlyInAnyOrder("man", "woman", "person", "dog");
    assertThat(nouns(image(boxes, said + "while somebody watches ."))).containsExactly("dog");
    assertThat(nouns(image(boxes, said + "by [/EN#4/people a crowd] ."))).containsExactly("dog");
  }

  @Test
  void aNumberOfPeopleIsNoCrowd() {
    Map<String, List<Box>> boxes = Map.of("1", List.of(at(100, 5), at(500, 5)));

    assertThat(nouns(image(boxes, "[/EN#1/people Two people] ."))).containsExactly("person");
    assertThat(nouns(image(boxes, "[/EN#1/people A crowd of men] ."))).isEmpty();
  }

  @Test
  void aPhraseWithoutWordsNamesNothing() {
    assertThat(nouns(image(chains(at(100, 5)), "[/EN#1/people ,] ."))).isEmpty();
  }

  @Test
  void oneThingIsCountedOnceAndAPartOfItSpoilsTheNoun() {
    Box dog = new Box(100, 100, 200, 200);
    Box same = new Box(105, 100, 200, 200);
    Box head = new Box(150, 100, 190, 140);

    assertThat(Instances.of(row("animals", "dog", dog, same, at(500, 5))).boxes().get("dog"))
        .containsExactly(dog, at(500, 5));
    assertThat(nouns(row("animals", "dog", dog, head, at(500, 5)))).isEmpty();
  }

  @Test
  void ofSeveralNamesForTheSameThingsTheNarrowOneStays() {
    assertThat(nouns(row("people", "boy", at(100, 5), at(500, 5)))).containsExactly("boy");
    assertThat(nouns(row("animals", "puppy", at(100, 5), at(500, 5)))).containsExactly("puppy");
  }

  @Test
  void whatOneAloneWearsHoldsOrDoesIsAsked() {
    Map<String, List<Box>> boxes = chains(at(100, 500), at(500, 500), at(100, 480), at(500, 520));
    AnnotatedImage image =
        image(
            boxes,
            "[/EN#1/people A man] wearing [/EN#3/clothing a red hat] .",
            "[/EN#2/people A man] is holding [/EN#4/other his guitar] .",
            "[/EN#2/people A man] is sitting .");

    assertThat(asked(image, "the man dressed in a red hat")).containsExactly(at(100, 500));
    assertThat(asked(image, "which man wears a red hat?")).containsExactly(at(100, 500));
    assertThat(asked(image, "the man who is holding a guitar")).containsExactly(at(500, 500));
    assertThat(asked(image, "which man is holding a guitar?")).containsExactly(at(500, 500));
    assertThat(asked(image, "the man who is currently sitting")).containsExactly(at(500, 500));
    assertThat(asked(image, "which man is sitting?")).containsExactly(at(500, 500));
  }

  @Test
  void whatMayBeSaidOfTwoIsNotAsked() {
    Map<String, List<Box>> boxes = chains(at(100, 500), at(500, 500), at(100, 480), at(500, 480));
    AnnotatedImage image =
        image(
            boxes,
            "[/EN#1/people A man] in [/EN#3/clothing a red hat] .",
            "[/EN#2/people A man] in [/EN#4/clothing a hat] .",
            "[/EN#1/people A man] sitting .",
            "[/EN#2/people A man] sitting .");

    assertThat(kinds(image)).doesNotContain("worn", "held-or-done");
  }

  @Test
  void whatOthersOfAnotherNounWearOrDoDoesNotMatter() {
    Map<String, List<Box>> boxes =
        chains(at(100, 500), at(500, 500), at(900, 500), at(100, 480), at(900, 480));
    AnnotatedImage image =
        image(
            boxes,
            "[/EN#1/people A man] in [/EN#4/clothing a hat] .",
            "[/EN#2/people A man] standing .",
            "[/EN#3/people A woman] in [/EN#5/clothing a hat] .",
            "[/EN#3/people A woman] sitting .",
            "[/EN#1/people A man] sitting .");

    assertThat(asked(image, "which man wears a hat?")).containsExactly(at(100, 500));
    assertThat(asked(image, "which man is sitting?")).containsExactly(at(100, 500));
    assertThat(asked(image, "which man is standing?")).containsExactly(at(500, 500));
    assertThat(asked(image, "which person wears a hat?")).isEmpty();
    assertThat(asked(image, "which woman is sitting?")).isEmpty(); // there is one woman alone
  }

  @Test
  void theOneWhoHoldsAThingIsNotToldFromTheOneWhoThrowsIt() {
    Map<String, List<Box>> boxes = chains(at(100, 500), at(500, 500), at(100, 480), at(500, 480));
    AnnotatedImage image =
        image(
            boxes,
            "[/EN#1/people A man] holding [/EN#3/other a ball] .",
            "[/EN#2/people A man] throwing [/EN#4/other a red ball] .");

    assertThat(kinds(image)).doesNotContain("held-or-done");
  }

  @Test
  void clothesThatAreSeveralHaveTheArticleOfSeveral() {
    Map<String, List<Box>> boxes =
        Map.of(
            "1", List.of(at(100, 500)),
            "2", List.of(at(500, 500)),
            "3", List.of(at(90, 480), at(110, 480)));
    AnnotatedImage image =
        image(
            boxes,
            "[/EN#1/people A man] wearing [/EN#3/clothing black gloves] .",
            "[/EN#2/people A man] .");

    assertThat(asked(image, "the man dressed in the black gloves")).containsExactly(at(100, 500));
  }

  @Test
  void neighboursOfTheOnlyThingOfItsNounAreAsked() {
    Map<String, List<Box>> boxes = chains(at(500, 500), at(100, 500), at(900, 500), at(180, 500));
    AnnotatedImage image =
        image(
            boxes,
            "[/EN#1/animals A dog] , [/EN#2/animals a dog] and [/EN#3/animals a dog] by"
                + " [/EN#4/other a ball] .");

    assertThat(asked(image, "the dog right next to the ball")).containsExactly(at(100, 500));
    assertThat(asked(image, "the dog nearest the ball")).containsExactly(at(100, 500));
    assertThat(asked(image, "the dog farthest away from the ball")).containsExactly(at(900, 500));
  }

  @ParameterizedTest
  @CsvSource({"580, true", "579, false"})
  void theNearestIsClearlyNearer(double x, boolean asked) {
    Map<String, List<Box>> boxes = chains(at(200, 500), at(x, 500), at(350, 500));
    AnnotatedImage image =
        image(boxes, "[/EN#1/animals A dog] and [/EN#2/animals a dog] by [/EN#3/other a ball] .");

    // 110 pixels to the one, and 190 or 189 to the other: the picture has 1000.
    assertThat(asked(image, "the dog right next to the ball").isEmpty()).isNotEqualTo(asked);
    assertThat(asked(image, "the dog farthest away from the ball").isEmpty()).isNotEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({"20, false", "19, true"})
  void whatCoversHalfOfTheOtherIsNotBesideIt(double height, boolean asked) {
    Map<String, List<Box>> boxes =
        chains(new Box(0, 0, 40, 40), at(500, 500), new Box(0, 0, 40, height));
    AnnotatedImage image =
        image(boxes, "[/EN#1/animals A dog] and [/EN#2/animals a dog] by [/EN#3/other a ball] .");

    assertThat(asked(image, "the dog right next to the ball").isEmpty()).isNotEqualTo(asked);
    assertThat(asked(image, "the dog farthest away from the ball")).containsExactly(at(500, 500));
  }

  @Test
  void questionsAreSentencesWithTheirKindAsType() {
    AnnotatedImage two = row("animals", "dog", at(200, 500), at(800, 500));
    List<Question> questions = ImageQuestions.of(two);

    AnnotatedImage asked = ImageQuestions.asked(two, questions);

    assertThat(asked.sentences()).hasSameSizeAs(questions);
    assertThat(asked.id()).isEqualTo("7");
    assertThat(asked.groundTruth())
        .extracting(
            truth ->
                new Question(truth.phrase().types().get(0), truth.phrase().text(), truth.boxes()))
        .containsExactlyElementsOf(questions);
  }

  @Test
  void theSameImageGivesTheSameQuestions() {
    AnnotatedImage two = row("animals", "dog", at(200, 500), at(800, 500));

    assertThat(ImageQuestions.of(two)).isEqualTo(ImageQuestions.of(two));
  }

  @Test
  void phrasesAreAskedAgainInOtherWords() {
    Map<String, List<Box>> boxes = chains(at(100, 500), at(500, 5));
    AnnotatedImage image =
        image(boxes, "[/EN#1/other A yellow guitar] under [/EN#2/other a hat] .");

    assertThat(asked(image, "a yellow guitar")).containsExactly(at(100, 500));
    assertThat(asked(image, "where can I see the yellow guitar?")).hasSize(1);
    assertThat(asked(image, "do you see a yellow guitar anywhere?")).hasSize(1);
    assertThat(asked(image, "mark the yellow guitar for me")).hasSize(1);
    assertThat(asked(image, "a hat")).isEmpty(); // three letters leave no room for a typo
    assertThat(ImageQuestions.of(image))
        .filteredOn(question -> question.kind().equals("typo"))
        .singleElement()
        .satisfies(
            typo ->
                assertThat(typo.text()).startsWith("a yellow g").isNotEqualTo("a yellow guitar"));
  }
}
