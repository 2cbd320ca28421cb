package io.deixis.engine.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.engine.matching.ExpectedHits.Ranked;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpectedHitsTest {

  private static final Box ALONE = new Box(200, 200, 260, 260);
  private static final Box SMALL = new Box(0, 0, 100, 60);
  private static final Box MIDDLE = new Box(0, 0, 100, 80);
  private static final Box LARGE = new Box(0, 0, 100, 125);

  private static List<Integer> order(List<Box> boxes, float... logits) {
    return ExpectedHits.rank(boxes, logits).stream().map(Ranked::candidate).toList();
  }

  @Test
  void agreementBeatsASingleHighLogit() {
    // SMALL and LARGE are no hits of each other, MIDDLE is of both.
    assertThat(SMALL.iou(LARGE)).isLessThan(0.5);
    List<Ranked> ranked =
        ExpectedHits.rank(List.of(ALONE, SMALL, MIDDLE, LARGE), new float[] {2, 1.8f, 1.7f, 1.8f});

    assertThat(ranked.get(0)).isEqualTo(new Ranked(2, 2));
    // What the first stands for is covered, so the other thing comes next.
    assertThat(ranked.get(1)).isEqualTo(new Ranked(0, 2));
  }

  @Test
  void aClearlyBestOneStays() {
    assertThat(order(List.of(ALONE, SMALL, MIDDLE, LARGE), 6, 1, 1, 1)).startsWith(0, 2);
  }

  @Test
  void thingsThatDoNotOverlapAreRankedByLogit() {
    List<Box> apart =
        IntStream.range(0, 5).mapToObj(i -> new Box(20 * i, 0, 20 * i + 10, 10)).toList();
    float[] logits = {-1, 3, 0.5f, 2, -7};

    assertThat(ExpectedHits.rank(apart, logits))
        .containsExactly(
            new Ranked(1, 3),
            new Ranked(3, 2),
            new Ranked(2, 0.5f),
            new Ranked(0, -1),
            new Ranked(4, -7));
  }

  @Test
  void everyCandidateIsRankedOnceAndNoScoreRises() {
    Random random = new Random(7);
    for (int count : new int[] {0, 1, 2, 13, 160}) {
      List<Box> boxes =
          IntStream.range(0, count)
              .mapToObj(
                  i -> {
                    double x = 100 * random.nextDouble();
                    double y = 100 * random.nextDouble();
                    return new Box(
                        x, y, x + 60 * random.nextDouble(), y + 60 * random.nextDouble());
                  })
              .toList();
      float[] logits = new float[count];
      for (int i = 0; i < count; i++) {
        logits[i] = (float) (40 * random.nextGaussian());
      }
      List<Ranked> ranked = ExpectedHits.rank(boxes, logits);

      assertThat(ranked)
          .extracting(Ranked::candidate)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
      assertThat(ranked)
          .extracting(Ranked::logit)
          .isSortedAccordingTo((a, b) -> Float.compare(b, a));
      assertThat(ranked).allSatisfy(rank -> assertThat(rank.logit()).isFinite());
    }
  }
}
