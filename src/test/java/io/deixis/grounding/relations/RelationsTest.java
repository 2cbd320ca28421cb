package io.deixis.grounding.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import io.deixis.language.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relations by name, in a picture of 400 x 200 pixels. */
class RelationsTest {

  private static final Offset<Double> EXACT = within(1e-9);
  private static final double WIDTH = 400;
  private static final double HEIGHT = 200;

  private static final Box REFERENCE = new Box(190, 90, 210, 110);

  private static Reading.Relation relation(String name, int place) {
    return new Reading.Relation(name, place, List.of(), false);
  }

  private static double[] chances(String name, int place, List<Box> references, Box... targets) {
    Setting setting =
        new Setting(
            Stream.of(targets).map(box -> new Instance(box, 1, 0)).toList(),
            List.of(references.stream().map(box -> new Instance(box, 1, 0)).toList()),
            place,
            WIDTH,
            HEIGHT);
    return Relations.of(relation(name, place)).chances(setting);
  }

  private static int best(double[] chances) {
    return IntStream.range(0, chances.length)
        .reduce((a, b) -> chances[b] > chances[a] ? b : a)
        .orElseThrow();
  }

  /** Four in the corners, of growing size, and one in the middle. */
  private static final Box[] PLACES = {
    new Box(10, 10, 20, 20), // top left
    new Box(360, 10, 380, 30), // top right
    new Box(20, 140, 50, 170), // bottom left
    new Box(340, 140, 390, 190), // bottom right
    new Box(170, 80, 186, 116), // the middle, narrow and rather tall
  };

  @ParameterizedTest
  @CsvSource({
    "left, 1, 0",
    "left, 2, 2",
    "right, 2, 3",
    "right, 3, 4",
    "top, 2, 1",
    "bottom, 1, 3",
    "bottom, 2, 2",
    "bottom, 3, 4",
    "top left, 1, 0",
    "top right, 1, 1",
    "bottom left, 1, 2",
    "bottom right, 1, 3",
    "corner, 1, 0",
    "corner, 5, 4",
    "middle, 1, 4",
    "biggest, 1, 3",
    "biggest, 2, 2",
    "smallest, 1, 0",
    "smallest, 2, 1",
    "tallest, 1, 3",
    "tallest, 2, 4",
    "shortest, 1, 0",
    "shortest, 2, 1",
    "closest, 1, 3",
    "closest, 2, 2",
    "foreground, 1, 3",
    "farthest, 1, 0",
    "farthest, 2, 1",
    "background, 1, 0",
  })
  void ordersAndPlacesFindTheOneThatIsMeant(String name, int place, int expected) {
    assertThat(best(chances(name, place, List.of(), PLACES))).isEqualTo(expected);
  }

  @Test
  void anOrderCountsInstancesByTheirChances() {
    Setting setting =
        new Setting(
            List.of(
                new Instance(new Box(0, 0, 2, 2), 0.25, 0),
                new Instance(new Box(399, 0, 401, 2), 1, 0)),
            List.of(),
            1,
            WIDTH,
            HEIGHT);

    double[] first = Relations.of(relation("left", 1)).chances(setting);

    // The right one is the first if the left one is none: of a chance of 0.25 that is 0.769.
    assertThat(first[0]).isCloseTo(1, within(1e-4));
    assertThat(first[1]).isCloseTo(1 - 1 / (1 + 0.37 * 9), within(1e-4));
  }

  @Test
  void keysThatAreAlikeMayBeEitherWayRound() {
    double[] chances =
        chances("left", 1, List.of(), new Box(10, 0, 20, 10), new Box(10, 50, 20, 60));

    assertThat(chances).containsExactly(0.5, 0.5);
    // 20 pixels of 400 are as much as the blur.
    double[] apart = chances("left", 1, List.of(), new Box(0, 0, 8, 8), new Box(20, 0, 28, 8));
    assertThat(apart[0]).isCloseTo(1 / (1 + Math.exp(-1)), EXACT);
  }

  /** The distances are parts of the diagonal; 447.2 pixels. */
  @ParameterizedTest
  @CsvSource({
    "next to, 214, 90, 234, 110, 0.08, 4",
    "at, 214, 90, 234, 110, 0.05, 4",
    "next to, 190, 50, 210, 70, 0.08, 20",
  })
  void nearnessFallsWithTheGap(
      String name, double x1, double y1, double x2, double y2, double reach, double gap) {
    double chance = chances(name, 1, List.of(REFERENCE), new Box(x1, y1, x2, y2))[0];

    assertThat(chance).isCloseTo(Math.exp(-gap / Math.hypot(WIDTH, HEIGHT) / reach), EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "left of, 0",
    "right of, 1",
    "above, 2",
    "below, 3",
    "in front of, 3",
    "behind, 2",
  })
  void sidesOfAReferenceAreToldApart(String name, int expected) {
    Box[] around = {
      new Box(150, 90, 170, 110), // left
      new Box(230, 90, 250, 110), // right
      new Box(190, 50, 210, 70), // above
      new Box(190, 130, 210, 150), // below
    };

    double[] chances = chances(name, 1, List.of(REFERENCE), around);

    assertThat(best(chances)).isEqualTo(expected);
    for (int i = 0; i < around.length; i++) {
      if (i != expected) {
        assertThat(chances[i]).as("%d", i).isLessThan(0.7 * chances[expected]);
      }
    }
  }

  @Test
  void aSideHoldsMoreTheFartherItIsAndTheNearerItStays() {
    double diagonal = Math.hypot(WIDTH, HEIGHT);
    Box left = new Box(150, 90, 170, 110); // 40 pixels by centres, a gap of 20

    assertThat(chances("left of", 1, List.of(REFERENCE), left)[0])
        .isCloseTo(Math.exp(-20 / diagonal / 0.25) / (1 + Math.exp(-40 / diagonal / 0.03)), EXACT);
    Box above = new Box(190, 50, 210, 70);
    assertThat(chances("above", 1, List.of(REFERENCE), above)[0])
        .isCloseTo(Math.exp(-20 / diagonal / 0.15) / (1 + Math.exp(-40 / diagonal / 0.03)), EXACT);
    Box below = new Box(190, 130, 210, 150);
    assertThat(chances("in front of", 1, List.of(REFERENCE), below)[0])
        .isCloseTo(Math.exp(-20 / diagonal / 0.1) / (1 + Math.exp(-40 / diagonal / 0.04)), EXACT);
    assertThat(chances("behind", 1, List.of(REFERENCE), below)[0])
        .isCloseTo(Math.exp(-20 / diagonal / 0.1) / (1 + Math.exp(40 / diagonal / 0.04)), EXACT);
  }

  @Test
  void onIsOverlapAcrossAndHigher() {
    double diagonal = Math.hypot(WIDTH, HEIGHT);
    Box table = new Box(100, 100, 200, 140);
    Box cup = new Box(190, 80, 210, 100); // half of it over the table, touching it

    assertThat(chances("on", 1, List.of(table), cup)[0])
        .isCloseTo(0.5 / (1 + Math.exp(-(120 - 80) / diagonal / 0.02)), EXACT);
    assertThat(chances("on", 1, List.of(table), new Box(300, 80, 320, 100))[0]).isZero();
  }

  @Test
  void inIsInsideOrHalfWhereItOnlyTouches() {
    Box bowl = new Box(100, 100, 200, 200);

    assertThat(chances("in", 1, List.of(bowl), new Box(120, 120, 140, 140))[0]).isCloseTo(1, EXACT);
    assertThat(chances("in", 1, List.of(bowl), new Box(190, 120, 210, 140))[0])
        .isCloseTo(0.5, EXACT);
    assertThat(chances("in", 1, List.of(bowl), new Box(120, 80, 140, 100))[0])
        .isCloseTo(0.5, EXACT);
    assertThat(chances("in", 1, List.of(bowl), new Box(0, 0, 20, 20))[0]).isLessThan(1e-3);
  }

  @Test
  void whatSomebodyWearsIsMostlyWithinTheirBox() {
    Box man = new Box(100, 50, 160, 190);

    assertThat(chances("wearing", 1, List.of(new Box(120, 50, 140, 60)), man)[0])
        .isCloseTo(1, EXACT);
    double touching = chances("holding", 1, List.of(new Box(160, 100, 180, 120)), man)[0];
    double halfWithin = chances("holding", 1, List.of(new Box(150, 100, 170, 120)), man)[0];
    double mostlyWithin = chances("holding", 1, List.of(new Box(145, 100, 165, 120)), man)[0];
    assertThat(touching).isEqualTo(halfWithin).isBetween(0.5, 0.8);
    assertThat(mostlyWithin).isGreaterThan(touching).isLessThan(1);
    assertThat(chances("holding", 1, List.of(new Box(300, 100, 320, 120)), man)[0]).isLessThan(0.1);
    assertThat(chances("holding", 1, List.of(man), man)[0]).isLessThan(0.1);
    assertThat(chances("wearing", 1, List.of(man), man)[0]).isEqualTo(1); // in a suit
  }

  @Test
  void nothingIsBesideItself() {
    assertThat(chances("next to", 1, List.of(REFERENCE), REFERENCE)[0]).isZero();
    Box half = new Box(190, 90, 210, 104); // an IoU of 0.7: another thing
    assertThat(chances("next to", 1, List.of(REFERENCE), half)[0]).isCloseTo(1, EXACT);
  }

  @Test
  void anyOfSeveralReferencesWillDo() {
    Instance target = new Instance(new Box(214, 90, 234, 110), 1, 0);
    Setting setting =
        new Setting(
            List.of(target),
            List.of(
                List.of(
                    new Instance(new Box(194, 90, 214, 110), 0.5, 0),
                    new Instance(new Box(234, 90, 254, 110), 0.6, 0))),
            1,
            WIDTH,
            HEIGHT);

    assertThat(Relations.of(relation("next to", 1)).chances(setting)[0])
        .isCloseTo(1 - 0.5 * 0.4, EXACT);
  }

  @Test
  void theNearestIsJudgedByAllThatTheReferenceMayBe() {
    Setting setting =
        new Setting(
            List.of(
                new Instance(new Box(100, 90, 120, 110), 1, 0),
                new Instance(new Box(300, 90, 320, 110), 1, 0)),
            List.of(
                List.of(
                    new Instance(new Box(60, 90, 80, 110), 0.9, 0),
                    new Instance(new Box(340, 90, 360, 110), 0.2, 0))),
            1,
            WIDTH,
            HEIGHT);

    double[] nearest = Relations.of(relation("nearest", 1)).chances(setting);
    double[] farthest = Relations.of(relation("farthest from", 1)).chances(setting);

    // By 0.9 of 28 and 0.2 of 268, against the other way round, over 1.1.
    double apart = (0.9 - 0.2) * (268 - 28) / 1.1 / Math.hypot(WIDTH, HEIGHT);
    assertThat(nearest[0]).isCloseTo(1 / (1 + Math.exp(-apart / 0.08)), within(1e-6));
    assertThat(farthest[1]).isCloseTo(nearest[0], within(1e-9));
    assertThat(farthest[0]).isCloseTo(nearest[1], within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "left, 1, 0.6",
    "right, 2, 0.1",
    "top, 1, 0.1",
    "top left, 2, 0.1",
    "biggest, 1, 0.1",
    "biggest, 2, 0",
    "next to, 1, 0.05",
    "wearing, 1, 0",
    "carried by, 1, 0.3",
    "nearest, 1, 0",
    "nearest, 2, 0.1",
    "middle, 1, 0.1",
    "between, 1, 0.1",
    "other, 1, 0"
  })
  void theWholePhraseCountsBesideEachRelation(String name, int place, double witness) {
    assertThat(Relations.of(relation(name, place)).witness(place)).isEqualTo(witness);
  }

  @Test
  void onlyWhatOneDoesWithAnotherThingIsHad() {
    assertThat(Relations.isHas(relation("riding", 1))).isTrue();
    assertThat(Relations.isHas(relation("left", 1))).isFalse();
    assertThat(Relations.isHas(relation(Reading.Relation.SAME, 1))).isFalse();
  }

  @Test
  void atMostTwelveThingsAreFound() {
    List<Box> boxes =
        IntStream.range(0, 14).mapToObj(i -> new Box(20 * i, 0, 20 * i + 10, 10)).toList();
    Float[] logits = new Float[14];
    Arrays.fill(logits, 1f);

    assertThat(Instances.of(new io.deixis.grounding.PhraseMatches(boxes, Arrays.asList(logits))))
        .hasSize(12);
  }
}
