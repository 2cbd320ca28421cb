package io.deixis.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class BoxTensorsTest {

  private static final List<Box> A = RandomBoxes.of(40, 1);
  private static final List<Box> B = RandomBoxes.of(40, 2);

  @Test
  void columnsOfBoxesWithAnyAxesBefore(NDManager manager) {
    NDArray boxes = manager.arange(24f).reshape(2, 3, 4);

    assertThat(BoxTensors.column(boxes, 1).getShape()).isEqualTo(new Shape(2, 3));
    assertThat(BoxTensors.column(boxes, 1).toFloatArray()).containsExactly(1, 5, 9, 13, 17, 21);
  }

  @Test
  void iouOfPairs(NDManager manager) {
    float[] iou =
        BoxTensors.iou(RandomBoxes.tensor(manager, A), RandomBoxes.tensor(manager, B))
            .toFloatArray();

    for (int i = 0; i < A.size(); i++) {
      assertThat((double) iou[i]).isCloseTo(A.get(i).iou(B.get(i)), within(1e-4));
    }
  }

  @Test
  void iouOfAllPairs(NDManager manager) {
    List<Box> few = B.subList(0, 7);
    NDArray iou =
        BoxTensors.pairwiseIou(RandomBoxes.tensor(manager, A), RandomBoxes.tensor(manager, few));

    assertThat(iou.getShape()).isEqualTo(new Shape(40, 7));
    float[] values = iou.toFloatArray();
    for (int i = 0; i < A.size(); i++) {
      for (int j = 0; j < few.size(); j++) {
        assertThat((double) values[i * 7 + j]).isCloseTo(A.get(i).iou(few.get(j)), within(1e-4));
      }
    }
  }

  @Test
  void generalisedIouTakesOffTheHullsEmptyShare(NDManager manager) {
    float[] giou =
        BoxTensors.generalisedIou(RandomBoxes.tensor(manager, A), RandomBoxes.tensor(manager, B))
            .toFloatArray();

    for (int i = 0; i < A.size(); i++) {
      Box a = A.get(i);
      Box b = B.get(i);
      double union = a.area() + b.area() - a.intersectionArea(b);
      double hull = a.enclosing(b).area();
      assertThat((double) giou[i]).isCloseTo(a.iou(b) - (hull - union) / hull, within(1e-4));
    }
  }

  @Test
  void generalisedIouTellsHowFarApartBoxesAre(NDManager manager) {
    NDArray box = manager.create(new float[][] {{0, 0, .1f, .1f}});
    NDArray others =
        manager.create(new float[][] {{0, 0, .1f, .1f}, {.2f, 0, .3f, .1f}, {.9f, .9f, 1, 1}});

    float[] giou = BoxTensors.generalisedIou(box, others).toFloatArray();

    assertThat(giou[0]).isCloseTo(1, within(1e-4f));
    assertThat(giou[1]).isCloseTo(-1 / 3f, within(1e-4f));
    assertThat(giou[2]).isCloseTo(-.98f, within(1e-4f));
  }

  @Test
  void boxesWithoutAreaGiveNumbers(NDManager manager) {
    NDArray empty = manager.create(new float[][] {{.5f, .5f, .5f, .5f}});

    assertThat(BoxTensors.iou(empty, empty).toFloatArray()).containsExactly(0);
    assertThat(BoxTensors.generalisedIou(empty, empty).toFloatArray()).containsExactly(0);
  }

  @Test
  void refinementMovesTheCentreAndScalesTheSize(NDManager manager) {
    NDArray boxes = manager.create(new float[] {.2f, .4f, .6f, .6f});
    NDArray offsets = manager.create(new float[] {.25f, -.5f, (float) Math.log(2), 0});

    // centre (.4, .5) moves by (.25 * .4, -.5 * .2) to (.5, .4); the width .4 becomes .8
    assertThat(BoxTensors.refine(boxes, offsets).toFloatArray())
        .containsExactly(new float[] {.1f, .3f, .9f, .5f}, within(1e-6f));
  }

  @Test
  void refinementByNothingChangesNothing(NDManager manager) {
    NDArray boxes = RandomBoxes.tensor(manager, A);

    assertThat(BoxTensors.refine(boxes, boxes.zerosLike()).toFloatArray())
        .containsExactly(boxes.toFloatArray(), within(1e-6f));
  }

  @Test
  void offsetsAreClampedToOne(NDManager manager) {
    NDArray boxes = manager.create(new float[] {.4f, .4f, .6f, .6f});

    assertThat(BoxTensors.refine(boxes, manager.create(new float[] {9, -9, 9, -9})).toFloatArray())
        .containsExactly(
            BoxTensors.refine(boxes, manager.create(new float[] {1, -1, 1, -1})).toFloatArray());
  }

  @Test
  void refinementBroadcastsBoxesOverPhrases(NDManager manager) {
    NDArray boxes = RandomBoxes.tensor(manager, A).reshape(2, 1, 20, 4);
    NDArray offsets = manager.randomNormal(new Shape(2, 3, 20, 4));

    assertThat(BoxTensors.refine(boxes, offsets).getShape()).isEqualTo(new Shape(2, 3, 20, 4));
  }
}
