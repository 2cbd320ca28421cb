package io.deixis.grounding.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Threshold;
import io.deixis.language.Phrase;
import io.deixis.language.Reading;
import io.deixis.metrics.Calibration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Four dogs in a row in a picture of 400 x 100 pixels, and a ball beside the first one. */
class QueryAnswerTest {

  private static final Box FIRST = new Box(10, 30, 50, 70);
  private static final Box SECOND = new Box(110, 30, 150, 70);
  private static final Box THIRD = new Box(210, 30, 250, 70);
  private static final Box FOURTH = new Box(310, 30, 350, 70);
  private static final Box BALL = new Box(55, 60, 65, 70);

  private static final PhraseMatches DOGS =
      new PhraseMatches(List.of(FIRST, SECOND, THIRD, FOURTH), List.of(3f, 2.5f, 2f, 1.5f));

  private static final Map<String, PhraseMatches> MATCHES =
      Map.of(
          "dog",
          DOGS,
          "the ball",
          new PhraseMatches(List.of(BALL), List.of(2f)),
          "the nothing",
          new PhraseMatches(List.of(), List.of()));

  private static Reading reading(
      String text, String target, int number, List<String> unknown, Reading.Relation... relations) {
    return new Reading(
        text,
        target,
        List.of(),
        List.of(relations),
        number,
        Reading.Form.PHRASE,
        List.of(),
        unknown,
        true,
        List.of());
  }

  private static Reading.Relation relation(String name, int place, Reading... references) {
    return new Reading.Relation(name, place, List.of(references), false);
  }

  private static PhraseMatches matches(String phrase) {
    return MATCHES.getOrDefault(phrase, DOGS);
  }

  private static QueryAnswer answer(Reading reading, int top, double threshold) {
    return QueryAnswer.of(
        List.of(Phrase.of("as typed")),
        reading,
        QueryAnswerTest::matches,
        400,
        100,
        Calibration.IDENTITY,
        new GroundingOptions(Threshold.DEFAULT, top, 0.5),
        threshold);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Test
  void aListIsAnsweredThingByThing() {
    Reading first = reading("first dog", "dog", 1, List.of(), relation("left", 1));
    Reading last = reading("last dog", "dog", 1, List.of(), relation("right", 1));
    Reading list = Reading.whole("first and last dog").listing(List.of(first, last));

    QueryAnswer answer =
        QueryAnswer.of(
            List.of(Phrase.of("first dog"), Phrase.of("last dog")),
            list,
            QueryAnswerTest::matches,
            400,
            100,
            Calibration.IDENTITY,
            new GroundingOptions(Threshold.DEFAULT, 5, 0.5),
            0);

    assertThat(answer.phrases())
        .extracting(GroundedPhrase::text)
        .containsExactly("first dog", "last dog");
    assertThat(answer.phrases()).allSatisfy(phrase -> assertThat(phrase.boxes()).hasSize(1));
    assertThat(answer.phrases().get(0).boxes()).isNotEqualTo(answer.phrases().get(1).boxes());
    assertThat(answer.reading().form()).isEqualTo("list");
  }

  @Test
  void aPlainPhraseHasItsBestBoxes() {
    QueryAnswer answer = answer(reading("dog", "dog", 1, List.of()), 3, 0.9);

    assertThat(answer.phrases().get(0).text()).isEqualTo("as typed");
    assertThat(answer.phrases().get(0).score()).isCloseTo(sigmoid(3), within(1e-6));
    assertThat(answer.phrases().get(0).boxes())
        .extracting(ScoredBox::box)
        .containsExactly(FIRST, SECOND); // sigmoid(2) is below the threshold
    assertThat(answer(reading("dog", "dog", 1, List.of()), 1, 0.1).phrases().get(0).boxes())
        .hasSize(1);
    double ofThird = Calibration.IDENTITY.probability(2f);
    assertThat(answer(reading("dog", "dog", 1, List.of()), 9, ofThird).phrases().get(0).boxes())
        .hasSize(3);
  }

  @Test
  void aPhraseOfUnknownWordsIsDoubted() {
    QueryAnswer answer = answer(reading("dgxo", "dgxo", 1, List.of("dgxo")), 5, 0);

    assertThat(answer.phrases().get(0).score()).isEqualTo(0.25);
    assertThat(answer.phrases().get(0).boxes()).extracting(ScoredBox::score).containsOnly(0.25);
  }

  @Test
  void whereNothingIsThereNothingIsFound() {
    QueryAnswer answer =
        answer(reading("nothing", "nothing", 1, List.of(), relation("left", 1)), 5, 0);

    assertThat(answer.phrases().get(0).score()).isZero();
    assertThat(answer.phrases().get(0).boxes()).isEmpty();
  }

  @Test
  void oneIsAskedForByARelation() {
    QueryAnswer answer =
        answer(reading("third dog", "dog", 1, List.of(), relation("left", 3)), 5, 0);

    assertThat(answer.phrases().get(0).boxes()).extracting(ScoredBox::box).containsExactly(THIRD);
    assertThat(answer.reading().summary()).isEqualTo("dog → third of 4 from the left");
  }

  @Test
  void asManyAsAskedForAreFoundWhateverTop() {
    assertThat(answer(reading("two dogs", "dog", 2, List.of()), 1, 0).phrases().get(0).boxes())
        .extracting(ScoredBox::box)
        .containsExactly(FIRST, SECOND);
    assertThat(
            answer(reading("all dogs", "dog", Reading.ALL, List.of()), 1, 0)
                .phrases()
                .get(0)
                .boxes())
        .extracting(ScoredBox::box)
        .containsExactly(FIRST, SECOND, THIRD, FOURTH);
    assertThat(answer(reading("nine dogs", "dog", 9, List.of()), 1, 0).phrases().get(0).boxes())
        .hasSize(4);
  }

  @Test
  void fewerThanAskedForIsNoted() {
    assertThat(answer(reading("nine dogs", "dog", 9, List.of()), 1, 0).reading().notes())
        .containsExactly("Asked for 9, found 4.");
    assertThat(answer(reading("four dogs", "dog", 4, List.of()), 1, 0).reading().notes()).isEmpty();
    assertThat(answer(reading("two dogs", "dog", 2, List.of()), 1, 1).reading().notes()).isEmpty();
  }

  @Test
  void referencesHaveTheirBestBoxWithItsScore() {
    Reading ball = reading("the ball", "ball", 1, List.of());

    QueryAnswer answer =
        answer(reading("dog by the ball", "dog", 1, List.of(), relation("next to", 1, ball)), 5, 0);

    assertThat(answer.phrases().get(0).boxes()).extracting(ScoredBox::box).containsExactly(FIRST);
    assertThat(answer.reading().references()).hasSize(1);
    ScoredBox reference = answer.reading().references().get(0).boxes().get(0);
    assertThat(reference.box()).isEqualTo(BALL);
    assertThat(reference.score()).isBetween(0.5, 1.0);
  }

  @Test
  void referencesOfReferencesAreToldToo() {
    Reading ball = reading("the ball", "ball", 1, List.of());
    Reading dog = reading("dog by the ball", "dog", 1, List.of(), relation("next to", 1, ball));

    Map<Reading, ScoredBox> references =
        new Resolver(QueryAnswerTest::matches, 400, 100, Calibration.IDENTITY)
            .references(reading("dog by that", "dog", 1, List.of(), relation("nearest", 1, dog)));

    assertThat(references.keySet()).containsExactly(dog, ball);
    assertThat(references.get(dog).box()).isEqualTo(FIRST);
  }

  @Test
  void theOneThatIsMeantIsExcludedWhereItIsTheSame() {
    Reading first = reading("first dog", "dog", 1, List.of(), relation("left", 1));
    Reading all =
        reading(
            "all but the first",
            "dog",
            Reading.ALL,
            List.of(),
            relation(Reading.Relation.SAME, 1, first).negated());

    assertThat(answer(all, 5, 0).phrases().get(0).boxes())
        .extracting(ScoredBox::box)
        .containsExactly(SECOND, THIRD, FOURTH);
  }

  @Test
  void aReadingAnswersAsMatchesDo() {
    Resolver resolver = new Resolver(QueryAnswerTest::matches, 400, 100, Calibration.IDENTITY);
    Reading plain = reading("dog", "dog", 1, List.of());
    Reading third = reading("third dog", "dog", 1, List.of(), relation("left", 3));

    assertThat(resolver.matches(plain)).isEqualTo(DOGS);
    assertThat(resolver.count(plain)).isEqualTo(1);
    assertThat(resolver.count(third)).isEqualTo(4);
    PhraseMatches matches = resolver.matches(third);
    assertThat(matches.boxes().get(0)).isEqualTo(THIRD);
    double score = answer(third, 5, 0).phrases().get(0).score();
    assertThat(sigmoid(matches.logits().get(0))).isCloseTo(score, within(1e-5));
  }

  @Test
  void whatIsDoneWithAThingIsAlsoFoundByTheWholePhrase() {
    Box rider = new Box(350, 10, 390, 90);
    Map<String, PhraseMatches> known =
        Map.of(
            "the dog", new PhraseMatches(List.of(FIRST), List.of(3f)),
            "dog riding a bike", new PhraseMatches(List.of(rider), List.of(3f)),
            "a bike", new PhraseMatches(List.of(new Box(360, 50, 380, 90)), List.of(3f)));
    Reading bike = reading("a bike", "bike", 1, List.of());
    Reading riding = reading("dog riding a bike", "dog", 1, List.of(), relation("riding", 1, bike));

    List<ScoredBox> found =
        new Resolver(known::get, 400, 100, Calibration.IDENTITY).resolve(riding);

    assertThat(found.get(0).box()).isEqualTo(rider);
    assertThat(found.get(0).score()).isGreaterThan(0.5);
    assertThat(found).hasSize(2);
  }

  @Test
  void theScoreIsSureOfTheChoiceAndOfTheThing() {
    Map<String, PhraseMatches> known =
        Map.of(
            "the dog", new PhraseMatches(List.of(FIRST, FOURTH), List.of(-2f, -2f)),
            "left dog", new PhraseMatches(List.of(FIRST, FOURTH), List.of(-2f, -2f)));
    Reading left = reading("left dog", "dog", 1, List.of(), relation("left", 1));

    ScoredBox best = new Resolver(known::get, 400, 100, Calibration.IDENTITY).resolve(left).get(0);

    // The other one is the leftmost if this one is none (a chance of 0.931 is counted as 0.998), so
    // the odds of its share are 6.2 in logits; there it is with a probability of 0.119 of 0.3.
    double choice = 0.27 * 6.2 + 0.47 * -2 + 0.58;
    assertThat(best.box()).isEqualTo(FIRST);
    assertThat(best.score()).isCloseTo(sigmoid(choice) * sigmoid(-2) / 0.3, within(0.002));
  }
}
