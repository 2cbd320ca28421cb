package io.deixis.grounding.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Reading;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import io.deixis.metrics.Calibration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture of 300 x 100 pixels with four dogs, a tree and a ball, which the matcher knows. */
class ResolverTest {

  private static final EnglishQueryReader READER =
      new EnglishQueryReader(new OpenNlpCaptionChunker());

  private static final Box SMALL = new Box(10, 40, 40, 70);
  private static final Box BIG = new Box(60, 10, 130, 95);
  private static final Box THIRD = new Box(150, 30, 190, 80);
  private static final Box LAST = new Box(240, 45, 290, 90);
  private static final Box TREE = new Box(195, 0, 235, 90);
  private static final Box BALL = new Box(20, 75, 30, 85);

  private static final Map<String, Box> NAMES =
      Map.of("small", SMALL, "big", BIG, "third", THIRD, "last", LAST);

  private static final PhraseMatches DOGS =
      new PhraseMatches(List.of(BIG, THIRD, LAST, SMALL), List.of(4f, 3.8f, 3.7f, 3.5f));

  private static PhraseMatches matches(String phrase) {
    return switch (phrase) {
      case "dog", "the dog" -> DOGS;
      case "tree", "the tree" -> new PhraseMatches(List.of(TREE), List.of(4f));
      case "ball", "the ball" -> new PhraseMatches(List.of(BALL), List.of(4f));
      case "zebra", "the zebra" -> new PhraseMatches(List.of(BIG, LAST), List.of(-6f, -6.2f));
      default -> new PhraseMatches(List.of(BIG, THIRD, LAST, SMALL), List.of(1f, 1f, 1f, 1f));
    };
  }

  private static List<ScoredBox> resolve(String query) {
    return resolve(READER.read(query));
  }

  private static List<ScoredBox> resolve(Reading reading) {
    return new Resolver(ResolverTest::matches, 300, 100, Calibration.IDENTITY).resolve(reading);
  }

  @ParameterizedTest
  @CsvSource({
    "the dog on the left, small",
    "the rightmost dog, last",
    "second dog from the left, big",
    "third dog from the left, third",
    "the second dog from the right, third",
    "the biggest dog, big",
    "the smallest dog, small",
    "the dog closest to the camera, big",
    "the dog nearest to the ball, small",
    "the dog farthest from the ball, last",
    "the dog next to the ball, small",
    "the dog right of the tree, last",
    "the tallest dog, big"
  })
  void findsTheOneThatIsMeant(String query, String expected) {
    assertThat(resolve(query).get(0).box()).isEqualTo(NAMES.get(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"the other tree", "the other trees", "the other tree on the left"})
  void ofOneThereIsNoOther(String query) {
    assertThat(resolve(query)).isEmpty();
    assertThat(resolve("the other dog")).isNotEmpty();
  }

  @Test
  void theOtherOneMayBeWhoeverIsSeenLessSurely() {
    PhraseMatches trees = new PhraseMatches(List.of(TREE, BALL), List.of(4f, -0.5f));
    List<ScoredBox> other =
        new Resolver(phrase -> trees, 300, 100, Calibration.IDENTITY)
            .resolve(READER.read("the other tree"));

    assertThat(other).extracting(ScoredBox::box).containsExactly(BALL);
  }

  @Test
  void theSecondOfOneIsDoubted() {
    double first = resolve("the first tree from the left").get(0).score();
    ScoredBox second = resolve("the second tree from the left").get(0);

    assertThat(second.box()).isEqualTo(TREE);
    assertThat(second.score()).isLessThan(0.3 * first + 0.1);
  }

  @Test
  void whatIsExcludedComesLast() {
    List<ScoredBox> answer = resolve("the dog that is not on the left");
    assertThat(answer.get(answer.size() - 1).box()).isEqualTo(SMALL);
  }

  @Test
  void severalComeOnceEach() {
    assertThat(resolve("all dogs"))
        .extracting(ScoredBox::box)
        .containsOnly(SMALL, BIG, THIRD, LAST);
    assertThat(resolve("two dogs")).hasSize(2);
    assertThat(resolve("the two dogs on the left"))
        .extracting(ScoredBox::box)
        .containsExactlyInAnyOrder(SMALL, BIG);
    assertThat(resolve("the two biggest dogs").stream().filter(box -> box.score() > 0.5))
        .extracting(ScoredBox::box)
        .containsExactlyInAnyOrder(BIG, LAST);
  }

  @Test
  void severalFromAPlaceOnAreThatOneAndTheNext() {
    Reading secondAndThird =
        new Reading(
            "two dogs from the second on",
            "dog",
            List.of(),
            List.of(new Reading.Relation("left", 2, List.of(), false)),
            2);

    assertThat(resolve(secondAndThird))
        .extracting(ScoredBox::box)
        .containsExactlyInAnyOrder(BIG, THIRD);
  }

  @Test
  void whatTheTargetIsNotNextToNeedNotBeThere() {
    assertThat(resolve("the dog that is not next to the zebra").get(0).score())
        .isCloseTo(resolve("the dog that is not next to the tree").get(0).score(), within(0.2))
        .isGreaterThan(0.5);
  }

  @Test
  void aReferenceIsNotTheTargetItself() {
    Reading reading = READER.read("the dog next to the dog");
    Resolver resolver = new Resolver(ResolverTest::matches, 300, 100, Calibration.IDENTITY);

    Box target = resolver.resolve(reading).get(0).box();

    assertThat(resolver.references(reading).values())
        .hasSize(1)
        .allSatisfy(reference -> assertThat(reference.box()).isNotEqualTo(target));
  }

  @Test
  void aSecondBoxOfTheOnlyOneIsNotTheSecondOfTwo() {
    Box almost = new Box(66, 12, 131, 97);
    PhraseMatches one = new PhraseMatches(List.of(BIG, almost), List.of(4f, 0f));
    Resolver resolver = new Resolver(phrase -> one, 300, 100, Calibration.IDENTITY);

    assertThat(resolver.resolve(READER.read("two dogs"))).hasSize(1);
    assertThat(resolve("two dogs")).hasSize(2);
  }

  @Test
  void aBoxAroundTwoOfThemIsNone() {
    PhraseMatches dogs =
        new PhraseMatches(
            List.of(BIG, THIRD, new Box(62, 12, 192, 94), SMALL), List.of(4f, 3.9f, 3.8f, 3.7f));
    Reading all = READER.read("all dogs");

    assertThat(new Resolver(phrase -> dogs, 300, 100, Calibration.IDENTITY).resolve(all))
        .extracting(ScoredBox::box)
        .hasSize(3)
        .contains(SMALL);
  }

  @Test
  void thingsAreFoundByTheirOwnScores() {
    PhraseMatches dogs =
        new PhraseMatches(
            List.of(BIG, SMALL, THIRD), List.of(4f, 3.9f, 3.8f), List.of(4f, -4f, 3.8f));
    Reading all = READER.read("all dogs");

    assertThat(new Resolver(phrase -> dogs, 300, 100, Calibration.IDENTITY).resolve(all))
        .extracting(ScoredBox::box)
        .containsExactly(BIG, THIRD);
  }

  @Test
  void whatTheMatcherDoubtsIsDoubted() {
    assertThat(resolve("the second zebra from the left").get(0).score()).isLessThan(0.1);
    assertThat(resolve("the second dog from the left").get(0).score()).isGreaterThan(0.5);
    assertThat(resolve("the dog with the zebra").get(0).score()).isLessThan(0.3);
    assertThat(resolve("the dog with the ball").get(0).score()).isGreaterThan(0.5);
  }

  @Test
  void scoresAreOfCalibratedLogits() {
    Reading biggest = READER.read("the biggest tree");
    PhraseMatches raw = new PhraseMatches(List.of(TREE), List.of(-1.5f));
    PhraseMatches calibrated = new PhraseMatches(List.of(TREE), List.of(-2f));

    double score =
        new Resolver(phrase -> raw, 300, 100, new Calibration(2, 1))
            .resolve(biggest)
            .get(0)
            .score();

    assertThat(score)
        .isCloseTo(
            new Resolver(phrase -> calibrated, 300, 100, Calibration.IDENTITY)
                .resolve(biggest)
                .get(0)
                .score(),
            within(1e-9))
        .isStrictlyBetween(0.0, 1.0);
  }

  @Test
  void theWholePhraseDecidesWhereThePlaceDoesNot() {
    PhraseMatches whole =
        new PhraseMatches(List.of(LAST, BIG, THIRD, SMALL), List.of(4f, -1f, -1f, -1f));
    Reading wet =
        new Reading(
            "the wet dog that is not on the left",
            "dog",
            List.of("wet"),
            List.of(new Reading.Relation("left", 1, List.of(), true)),
            1);

    List<ScoredBox> answer =
        new Resolver(
                phrase -> phrase.equals("the dog") ? DOGS : whole, 300, 100, Calibration.IDENTITY)
            .resolve(wet);

    assertThat(answer.get(0).box()).isEqualTo(LAST);
    assertThat(answer.get(0).score()).isGreaterThan(answer.get(1).score());
  }

  @Test
  void thoseThatAreSurelyThereAreCounted() {
    PhraseMatches dogs =
        new PhraseMatches(List.of(BIG, THIRD, LAST, SMALL), List.of(4f, 3.9f, 3.8f, -4f));
    Resolver resolver = new Resolver(phrase -> dogs, 300, 100, Calibration.IDENTITY);

    assertThat(resolver.count(READER.read("all dogs"))).isEqualTo(3);
    assertThat(resolver.count(Reading.whole("dogs"))).isEqualTo(1);
  }

  @Test
  void referencesAreTold() {
    Reading reading = READER.read("the dog next to the tree");
    Resolver resolver = new Resolver(ResolverTest::matches, 300, 100, Calibration.IDENTITY);
    assertThat(resolver.references(reading).values())
        .extracting(ScoredBox::box)
        .containsExactly(TREE);
    assertThat(Resolver.phrases(reading))
        .containsExactly("the dog next to the tree", "the dog", "the tree");
    assertThat(Resolver.phrases(READER.read("the first dog and the tree")))
        .containsExactly("the first dog and the tree", "the first dog", "the dog", "the tree");
  }

  @Test
  void foodMayFillItsPlateButNothingIsNextToItself() {
    PhraseMatches both = new PhraseMatches(List.of(BIG, LAST), List.of(4f, 1f));
    Resolver resolver = new Resolver(phrase -> both, 300, 100, Calibration.IDENTITY);

    assertThat(resolver.references(READER.read("the food on the plate")).values())
        .extracting(ScoredBox::box)
        .containsExactly(BIG);
    assertThat(resolver.references(READER.read("the food next to the plate")).values())
        .extracting(ScoredBox::box)
        .containsExactly(LAST);
  }

  @Test
  void theBearThatIsHuggedIsTheOneThatLooksLikeABear() {
    Box within = new Box(62, 30, 128, 93);
    Box beside = new Box(133, 20, 180, 95);
    Function<String, PhraseMatches> matches =
        phrase ->
            phrase.equals("a bear")
                ? new PhraseMatches(List.of(beside, within), List.of(4f, -3f))
                : new PhraseMatches(List.of(BIG), List.of(4f));
    Resolver resolver = new Resolver(matches, 300, 100, Calibration.IDENTITY);

    assertThat(resolver.references(READER.read("the child hugging a bear")).values())
        .extracting(ScoredBox::box)
        .containsExactly(beside);
  }

  @Test
  void whoAsksForADozenOfFourHasNotCounted() {
    PhraseMatches cabs =
        new PhraseMatches(
            List.of(BIG, THIRD, LAST, SMALL, TREE, BALL), List.of(4f, 3.9f, 3.8f, 3.7f, 1f, 0.9f));
    Resolver resolver = new Resolver(phrase -> cabs, 300, 100, Calibration.IDENTITY);
    int sure = resolver.count(READER.read("all cabs"));

    assertThat(resolver.resolve(READER.read("a dozen cabs"))).hasSize(sure);
    assertThat(resolver.resolve(READER.read("9999999999 cabs on the left"))).hasSize(sure);
  }

  @Test
  void whatIsSaidToBeNoneIsLookedForLikeAllAndFoundAsItIsByItself() {
    PhraseMatches dogs =
        new PhraseMatches(List.of(BIG, LAST), List.of(-0.5f, -0.6f), List.of(2f, 1.9f));
    Resolver resolver = new Resolver(phrase -> dogs, 300, 100, Calibration.IDENTITY);

    assertThat(resolver.resolve(READER.read("all dogs")))
        .allSatisfy(box -> assertThat(box.score()).isGreaterThan(0.5));
    assertThat(resolver.resolve(READER.read("no dogs")))
        .hasSize(2)
        .allSatisfy(
            box -> assertThat(box.score()).isEqualTo(Calibration.IDENTITY.probability(-0.5)));
  }

  @Test
  void allOfSeveralThatAreLeftOutAreLeftOut() {
    assertThat(resolve("all dogs except the two on the left").stream())
        .extracting(ScoredBox::box)
        .containsExactlyInAnyOrder(THIRD, LAST);
    assertThat(resolve("all dogs but the last three").stream())
        .extracting(ScoredBox::box)
        .containsExactly(SMALL);
    assertThat(resolve("all dogs except all dogs")).hasSize(1);
  }

  @Test
  void theShirtThatLooksBestOnSomebodyElseStillTellsWhoWearsOne() {
    Box woman = BIG;
    Box man = LAST;
    Box hers = new Box(70, 30, 120, 60);
    Box his = new Box(245, 55, 285, 75);
    Box pillow = new Box(150, 80, 180, 95);
    Function<String, PhraseMatches> matches =
        phrase ->
            switch (phrase) {
              case "the person" -> new PhraseMatches(List.of(woman, man), List.of(4f, 3.9f));
              case "a red shirt" ->
                  new PhraseMatches(List.of(pillow, his, hers), List.of(2f, 1f, -1f));
              default -> new PhraseMatches(List.of(woman, man), List.of(3f, 1f));
            };
    Reading reading = READER.read("the person wearing a red shirt");
    Resolver resolver = new Resolver(matches, 300, 100, Calibration.IDENTITY);

    assertThat(resolver.resolve(reading).get(0).box()).isEqualTo(man);
    assertThat(resolver.references(reading).values()).extracting(ScoredBox::box).contains(his);
  }

  @Test
  void ofSeveralEachHasToWearIt() {
    Function<String, PhraseMatches> matches =
        phrase ->
            switch (phrase) {
              case "the player" ->
                  new PhraseMatches(List.of(BIG, THIRD, LAST), List.of(4f, 3.9f, 3.8f));
              case "red" ->
                  new PhraseMatches(
                      List.of(
                          new Box(70, 30, 120, 60),
                          new Box(245, 55, 285, 75),
                          new Box(155, 40, 185, 60)),
                      List.of(2f, 1.9f, 0.6f));
              default -> new PhraseMatches(List.of(BIG, THIRD, LAST), List.of(1f, 1f, 1f));
            };
    Reading reading = READER.read("players in red");

    assertThat(new Resolver(matches, 300, 100, Calibration.IDENTITY).resolve(reading))
        .extracting(ScoredBox::box)
        .containsExactlyInAnyOrder(BIG, LAST);
  }
}
