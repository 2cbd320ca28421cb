package io.deixis.training.proposals;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import io.deixis.training.proposals.QueryAssignment.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryAssignmentTest {

  private static final Box LEFT = new Box(0, 0, .4, 1);
  private static final Box RIGHT = new Box(.6, 0, 1, 1);

  private static final float[] LIKE_LEFT = {0, 0, .4f, 1};
  private static final float[] NEAR_LEFT = {.05f, 0, .45f, 1};
  private static final float[] NEAR_RIGHT = {.55f, 0, .95f, 1};
  private static final float[] MIDDLE = {.3f, 0, .7f, 1};

  @Test
  void theBestQueriesComeFirst() {
    List<Pair> pairs =
        QueryAssignment.assign(
            new float[][] {MIDDLE, NEAR_LEFT, NEAR_RIGHT, LIKE_LEFT},
            new float[4],
            List.of(LEFT, RIGHT),
            1);

    assertThat(pairs).containsExactly(new Pair(3, 0), new Pair(2, 1));
  }

  @Test
  void everyBoxGetsItsRepeats() {
    List<Pair> pairs =
        QueryAssignment.assign(
            new float[][] {MIDDLE, NEAR_LEFT, NEAR_RIGHT, LIKE_LEFT},
            new float[4],
            List.of(LEFT, RIGHT),
            2);

    assertThat(pairs)
        .containsExactlyInAnyOrder(new Pair(3, 0), new Pair(1, 0), new Pair(2, 1), new Pair(0, 1));
  }

  @Test
  void objectnessDecidesBetweenEqualBoxes() {
    List<Pair> pairs =
        QueryAssignment.assign(
            new float[][] {NEAR_LEFT, NEAR_LEFT}, new float[] {.1f, .9f}, List.of(LEFT), 1);

    assertThat(pairs).containsExactly(new Pair(1, 0));
  }

  @Test
  void noQueryAnswersForTwoBoxes() {
    Random random = new Random(3);
    float[][] queries = new float[20][];
    float[] objectness = new float[20];
    for (int q = 0; q < 20; q++) {
      float x = random.nextFloat() * .8f;
      float y = random.nextFloat() * .8f;
      queries[q] = new float[] {x, y, x + .2f, y + .2f};
      objectness[q] = random.nextFloat();
    }
    List<Box> targets = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      double x = random.nextDouble() * .5;
      targets.add(new Box(x, x, x + .4, x + .3));
    }

    List<Pair> pairs = QueryAssignment.assign(queries, objectness, targets, 2);

    assertThat(pairs).hasSize(12);
    assertThat(pairs).extracting(Pair::query).doesNotHaveDuplicates();
    for (int t = 0; t < 6; t++) {
      int target = t;
      assertThat(pairs).filteredOn(pair -> pair.target() == target).hasSize(2);
    }
  }

  @Test
  void someBoxesGoWithoutWhereQueriesAreFew() {
    assertThat(
            QueryAssignment.assign(
                new float[][] {LIKE_LEFT}, new float[1], List.of(RIGHT, LEFT), 2))
        .containsExactly(new Pair(0, 1));
  }

  @Test
  void anImageWithoutBoxesAssignsNothing() {
    assertThat(QueryAssignment.assign(new float[][] {MIDDLE}, new float[1], List.of(), 2))
        .isEmpty();
  }
}
