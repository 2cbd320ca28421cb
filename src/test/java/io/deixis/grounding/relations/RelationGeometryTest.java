package io.deixis.grounding.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RelationGeometryTest {

  private static final Offset<Double> EXACT = within(1e-6);

  /** Returns a box of 20 x 20 pixels around a point. */
  private static Box around(double x, double y) {
    return new Box(x - 10, y - 10, x + 10, y + 10);
  }

  private static Instance instance(double x, double y, double chance) {
    return new Instance(around(x, y), chance, 0);
  }

  private static Setting setting(List<List<Instance>> references, Instance... targets) {
    return new Setting(Arrays.asList(targets), references, 1, 1000, 1000);
  }

  @Test
  void betweenIsMostLikelyInTheMiddle() {
    Instance left = instance(100, 100, 1);
    Instance right = instance(300, 200, 0.5);

    double[] chances =
        new Between()
            .chances(
                setting(
                    List.of(List.of(left), List.of(right)),
                    instance(200, 150, 1), // in the middle
                    instance(150, 125, 1), // a quarter of the way
                    instance(
                        175, 200, 1), // as far along as the middle, and off by a quarter of the way
                    instance(100, 100, 1), // the left one itself
                    instance(600, 350, 1))); // on the line, beyond the right one

    assertThat(chances[0]).isCloseTo(0.5, EXACT);
    assertThat(chances[1]).isCloseTo(0.5 * Math.exp(-Math.pow(0.25 / 0.3, 2)), EXACT);
    assertThat(chances[2]).isCloseTo(0.5 * Math.exp(-Math.pow(0.25 / 0.6, 2)), EXACT);
    assertThat(chances[3]).isZero();
    assertThat(chances[4]).isCloseTo(0, within(1e-12));
  }

  @Test
  void betweenSeveralOfOneListTakesTwoDifferentOnes() {
    Instance left = instance(100, 100, 1);
    Instance right = instance(300, 100, 0.8);

    double[] chances =
        new Between().chances(setting(List.of(List.of(left, right)), instance(200, 100, 1)));

    assertThat(chances[0]).isCloseTo(0.8, EXACT);
    assertThat(new Between().witness(0)).isEqualTo(0.1);
  }

  @Test
  void betweenGoesByHeightsToo() {
    List<List<Instance>> above =
        List.of(List.of(instance(500, 100, 1)), List.of(instance(500, 300, 1)));

    double[] chances =
        new Between()
            .chances(
                setting(
                    above, instance(500, 200, 1), instance(500, 250, 1), instance(560, 200, 1)));

    assertThat(chances[0]).isCloseTo(1, EXACT);
    assertThat(chances[1]).isCloseTo(Math.exp(-Math.pow(0.25 / 0.3, 2)), EXACT);
    assertThat(chances[2]).isCloseTo(Math.exp(-Math.pow(0.3 / 0.6, 2)), EXACT);
  }

  private static final Has HELD = new Has(false);

  @Test
  void whatTouchesSomebodyCountsLessTheFartherItIs() {
    Box owner = new Box(100, 100, 200, 200);
    Instance beside = new Instance(new Box(203, 100, 213, 110), 0.5, 0);

    // A gap of 3 in a diagonal of 300, of which a fiftieth is within reach.
    assertThat(HELD.odds(beside, owner, 300))
        .isCloseTo(0.5 * Math.pow(0.6 * Math.exp(-0.5), 2), EXACT);
    assertThat(HELD.odds(new Instance(new Box(5, 5, 5, 9), 0.5, 0), owner, 300)).isZero();
    Instance filling = new Instance(new Box(100, 100, 200, 181), 0.5, 0);
    assertThat(HELD.odds(filling, owner, 300)).isZero();
    assertThat(new Has(true).odds(filling, owner, 300)).isEqualTo(0.5);
  }

  @Test
  void aGapIsWhatLiesBetweenTheEdges() {
    assertThat(around(100, 100).gap(around(150, 100))).isCloseTo(30, EXACT);
    assertThat(around(150, 100).gap(around(100, 100))).isCloseTo(30, EXACT);
    assertThat(around(100, 100).gap(around(100, 160))).isCloseTo(40, EXACT);
    assertThat(around(100, 160).gap(around(100, 100))).isCloseTo(40, EXACT);
    assertThat(around(100, 100).gap(around(150, 160))).isCloseTo(50, EXACT);
    assertThat(around(100, 100).gap(around(115, 100))).isZero();
  }

  @Test
  void aFifthOfTheDistanceOfCentresBreaksTies() {
    assertThat(Distance.between(around(100, 100), around(150, 160)))
        .isCloseTo(50 + 0.2 * Math.hypot(50, 60), EXACT);
    assertThat(Distance.between(around(100, 100), around(110, 100))).isCloseTo(2, EXACT);
  }

  @Test
  void theNearestIsTheOtherEndOfTheFarthest() {
    List<List<Instance>> reference = List.of(List.of(instance(100, 100, 1)));
    Instance near = instance(160, 100, 1);
    Instance middle = instance(400, 100, 1);
    Instance far = instance(900, 100, 1);

    double[] nearest = new Distance(1).chances(setting(reference, near, middle, far));
    double[] farthest = new Distance(-1).chances(setting(reference, near, middle, far));

    assertThat(nearest[0]).isGreaterThan(nearest[1]).isGreaterThan(nearest[2]);
    assertThat(farthest[2]).isGreaterThan(farthest[1]).isGreaterThan(farthest[0]);
  }

  @Test
  void theMiddleHasAsManyOnBothSides() {
    double[] chances =
        new Middle()
            .chances(
                setting(
                    List.of(),
                    instance(100, 100, 1),
                    instance(500, 100, 1),
                    instance(900, 100, 1)));

    assertThat(chances[1]).isCloseTo(1, within(0.03));
    assertThat(chances[0]).isLessThan(0.05);
    assertThat(chances[2]).isLessThan(0.05);
    assertThat(new Middle().witness(1)).isEqualTo(0.1);
  }

  @Test
  void aThingThatIsHalfTheReferenceIsNotBesideIt() {
    Instance tall = new Instance(new Box(100, 100, 120, 140), 1, 0);
    Instance right = instance(300, 100, 1);
    Instance half = new Instance(new Box(100, 100, 120, 120), 1, 0);

    assertThat(new Between().chances(setting(List.of(List.of(tall), List.of(right)), half))[0])
        .isZero();
  }

  @Test
  void theMiddleOfManyIsFoundToo() {
    Instance[] row = new Instance[11];
    for (int i = 0; i < row.length; i++) {
      row[i] = instance(50 + 90 * i, 100, 1);
    }

    double[] chances = new Middle().chances(setting(List.of(), row));

    assertThat(chances[5]).isGreaterThan(0.3);
    assertThat(Arrays.stream(chances).max().orElseThrow()).isEqualTo(chances[5]);
  }

  @Test
  void theMiddleIsNearTheCentreOfThePicture() {
    double alone = new Middle().chances(setting(List.of(), instance(250, 100, 1)))[0];

    assertThat(alone).isCloseTo(Math.exp(-0.5), EXACT);
    assertThat(new Middle().chances(setting(List.of(), instance(500, 100, 1)))[0])
        .isCloseTo(1, EXACT);
  }

  @Test
  void theOtherOneIsNotTheMostCertain() {
    assertThat(
            new Other()
                .chances(setting(List.of(), instance(100, 100, 0.9), instance(300, 100, 0.6))))
        .containsExactly(0.2, 1);
    assertThat(new Other().witness(1)).isZero();
  }

  @Test
  void candidatesOfOneThingAreAveraged() {
    Box best = new Box(100, 100, 200, 200);
    Box shifted = new Box(110, 100, 210, 200);
    Box part = new Box(120, 120, 150, 150);
    Box group = new Box(90, 90, 500, 210);
    Box apart = new Box(600, 100, 700, 200);
    PhraseMatches matches =
        new PhraseMatches(
            List.of(best, shifted, part, group, apart), List.of(2f, 1.5f, 1f, 0.5f, 0f));

    List<Instance> instances = Instances.of(matches);

    assertThat(instances.get(0).box().x1()).isStrictlyBetween(102.0, 104.0);
    assertThat(instances.get(0).box().x2()).isStrictlyBetween(202.0, 204.0);
    assertThat(instances.get(0).box().y1()).isCloseTo(100, EXACT);
    assertThat(instances.get(0).box().y2()).isCloseTo(200, EXACT);
    assertThat(instances.get(0).logit()).isEqualTo(2);
    assertThat(instances).extracting(Instance::box).containsSubsequence(apart, part, group);
    assertThat(instances).extracting(Instance::logit).containsSubsequence(2.0, 0.0, 1.0, 0.5);
  }

  @Test
  void theAverageLiesOnTheWayFromOneToTheOther() {
    Box one = new Box(100, 200, 200, 300);
    Box other = new Box(108, 204, 220, 302);

    Box average =
        Instances.of(new PhraseMatches(List.of(one, other), List.of(2f, 2f))).get(0).box();

    double part = (average.x1() - 100) / 8;
    assertThat(part).isBetween(0.3, 0.5);
    assertThat((average.y1() - 200) / 4).isCloseTo(part, EXACT);
    assertThat((average.x2() - 200) / 20).isCloseTo(part, EXACT);
    assertThat((average.y2() - 300) / 2).isCloseTo(part, EXACT);
  }

  @Test
  void theMoreLikelyOneWeighsMoreInTheAverage() {
    Box one = new Box(100, 200, 200, 300);
    Box other = new Box(110, 200, 210, 300);

    double even =
        Instances.of(new PhraseMatches(List.of(one, other), List.of(2f, 2f))).get(0).box().x1();
    double uneven =
        Instances.of(new PhraseMatches(List.of(one, other), List.of(2f, 1f))).get(0).box().x1();

    // A logit less is a weight less by e squared.
    double of = (even - 100) / (110 - even);
    assertThat((uneven - 100) / (110 - uneven)).isCloseTo(of * Math.exp(-2), EXACT);
  }

  @Test
  void aThingHasTheHighestLogitOfItsCandidates() {
    Box left = new Box(100, 100, 200, 200);
    Box middle = new Box(120, 100, 220, 200);
    Box right = new Box(140, 100, 240, 200);

    List<Instance> instances =
        Instances.of(new PhraseMatches(List.of(left, middle, right), List.of(2f, 1.9f, 1.9f)));

    // The one in the middle has most of the posterior, the left one the highest logit.
    assertThat(instances.get(0).box().x1()).isStrictlyBetween(110.0, 130.0);
    assertThat(instances.get(0).logit()).isEqualTo(2);
  }

  @Test
  void whatManyCandidatesAgreeWithIsMoreCertainThanWhatStandsAlone() {
    Box thing = new Box(100, 100, 200, 200);
    Box alone = new Box(500, 100, 600, 200);

    double besideOne = chance(alone, List.of(thing, alone), List.of(2f, 2f));
    double besideMany = chance(alone, List.of(thing, thing, thing, alone), List.of(2f, 2f, 2f, 2f));

    assertThat(besideMany).isLessThan(besideOne - 0.01);
  }

  @Test
  void partsGroupsAndSecondBoxesAreLessCertain() {
    Box thing = new Box(100, 100, 200, 200);
    Box apart = new Box(500, 100, 600, 200);
    Box second = new Box(150, 100, 250, 200);
    Box most = new Box(160, 160, 210, 210);
    Box part = new Box(140, 140, 170, 170);
    Box around = new Box(80, 80, 400, 220);

    double whole = beside(thing, apart);
    assertThat(beside(thing, second)).isLessThan(whole).isGreaterThan(beside(thing, part));
    assertThat(beside(thing, most)).isLessThan(whole).isGreaterThan(beside(thing, part));
    assertThat(beside(thing, around)).isLessThan(beside(thing, part));
  }

  @Test
  void aSecondBoxOfTheSameThingHasNothingLeftThatAgreesWithIt() {
    assertThat(beside(new Box(100, 100, 200, 200), new Box(110, 100, 210, 200)))
        .isStrictlyBetween(0.0, 0.2);
  }

  @Test
  void aBoxAroundTwoIsLessCertainThanAroundOne() {
    Box left = new Box(100, 100, 200, 200);
    Box right = new Box(300, 100, 400, 200);
    Box around = new Box(80, 80, 420, 220);
    List<Float> logits = List.of(2f, 1.9f, 1.8f);

    assertThat(chance(around, List.of(around, left, right), logits))
        .isLessThan(
            chance(around, List.of(around, left, new Box(500, 100, 600, 200)), logits) - 0.01);
    // What is unlikely itself makes nothing a group.
    assertThat(chance(around, List.of(around, left, right), List.of(2f, 1.9f, -3f)))
        .isGreaterThan(chance(around, List.of(around, left, right), logits) + 0.01);
  }

  /** Returns the chance of a box that is as likely as another one, and comes behind it. */
  private static double beside(Box first, Box box) {
    return chance(box, List.of(first, box), List.of(2f, 2f));
  }

  private static double chance(Box box, List<Box> boxes, List<Float> logits) {
    return Instances.of(new PhraseMatches(boxes, logits)).stream()
        .filter(instance -> instance.box().iou(box) > 0.99)
        .findFirst()
        .map(Instance::chance)
        .orElse(0.0);
  }

  @Test
  void whatIsFarLessCertainIsNoInstance() {
    List<Instance> instances =
        Instances.of(
            new PhraseMatches(
                List.of(around(100, 100), around(300, 100), around(500, 100)),
                List.of(4f, -1f, -20f)));

    assertThat(instances).extracting(Instance::logit).containsExactly(4.0, -1.0);
    assertThat(instances.get(1).withChance(0.25))
        .isEqualTo(new Instance(around(300, 100), 0.25, -1));
  }
}
