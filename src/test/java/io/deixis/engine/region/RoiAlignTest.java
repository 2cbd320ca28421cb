package io.deixis.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TorchExtension.class)
class RoiAlignTest {

  private static final int CHANNELS = 3;
  private static final int HEIGHT = 7;
  private static final int WIDTH = 5;

  /** The whole map, its borders, exact cells, boxes thinner than a cell, and random ones. */
  private static List<Box> boxes() {
    List<Box> boxes = new ArrayList<>(RandomBoxes.of(30, 3));
    boxes.add(new Box(0, 0, 1, 1));
    boxes.add(new Box(0, 0, .01, 1));
    boxes.add(new Box(.98, 0, 1, .02));
    boxes.add(new Box(.2, 1 / 7.0, .4, 2 / 7.0));
    boxes.add(new Box(.3, .3, .305, .31));
    boxes.add(new Box(.39, .5, .41, .9));
    return boxes;
  }

  private static float[][][] map() {
    Random random = new Random(4);
    float[][][] map = new float[CHANNELS][HEIGHT][WIDTH];
    for (float[][] channel : map) {
      for (float[] row : channel) {
        for (int x = 0; x < WIDTH; x++) {
          row[x] = (float) random.nextGaussian();
        }
      }
    }
    return map;
  }

  private static NDArray tensor(NDManager manager, float[][][] map) {
    float[] flat = new float[CHANNELS * HEIGHT * WIDTH];
    int at = 0;
    for (float[][] channel : map) {
      for (float[] row : channel) {
        for (float value : row) {
          flat[at++] = value;
        }
      }
    }
    return manager.create(flat, new Shape(CHANNELS, HEIGHT, WIDTH));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void agreesWithAveragingCellByCell(int grid, NDManager manager) {
    float[][][] map = map();
    List<Box> boxes = boxes();

    NDArray pooled = RoiAlign.pool(tensor(manager, map), RandomBoxes.tensor(manager, boxes), grid);

    assertThat(pooled.getShape()).isEqualTo(new Shape(boxes.size(), grid * grid * CHANNELS));
    float[] values = pooled.toFloatArray();
    int at = 0;
    for (Box box : boxes) {
      for (int row = 0; row < grid; row++) {
        for (int column = 0; column < grid; column++) {
          Box cell = cell(box, row, column, grid);
          for (float[][] channel : map) {
            assertThat((double) values[at++])
                .as("%s, row %d, column %d", box, row, column)
                .isCloseTo(average(channel, cell), within(2e-3));
          }
        }
      }
    }
  }

  /** One cell of a box, in cells of the map. */
  private static Box cell(Box box, int row, int column, int grid) {
    double width = box.width() / grid;
    double height = box.height() / grid;
    double x = box.x1() + column * width;
    double y = box.y1() + row * height;
    return new Box(x, y, x + width, y + height).scaled(WIDTH, HEIGHT);
  }

  private static double average(float[][] channel, Box region) {
    double sum = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        sum += channel[y][x] * region.intersectionArea(new Box(x, y, x + 1, y + 1));
      }
    }
    return sum / region.intersectionArea(new Box(0, 0, WIDTH, HEIGHT));
  }

  @Test
  void aConstantMapStaysConstant(NDManager manager) {
    NDArray map = manager.ones(new Shape(CHANNELS, HEIGHT, WIDTH)).mul(3);

    float[] pooled = RoiAlign.pool(map, RandomBoxes.tensor(manager, boxes()), 3).toFloatArray();

    assertThat(pooled).containsOnly(new float[] {3}, within(1e-4f));
  }

  @Test
  void aRegionWithoutExtentTakesTheCellItLiesIn(NDManager manager) {
    float[][][] map = map();
    NDArray point = manager.create(new float[][] {{.5f, .5f, .5f, .5f}});

    float[] pooled = RoiAlign.pool(tensor(manager, map), point, 1).toFloatArray();

    assertThat(pooled)
        .containsExactly(new float[] {map[0][3][2], map[1][3][2], map[2][3][2]}, within(1e-5f));
  }

  @Test
  void enlargesAboutTheCentreAndStaysInTheImage(NDManager manager) {
    NDArray boxes = manager.create(new float[][] {{.4f, .2f, .6f, .6f}, {0, .9f, .5f, 1}});

    assertThat(RoiAlign.enlarged(boxes, 1.5f).toFloatArray())
        .containsExactly(new float[] {.35f, .1f, .65f, .7f, 0, .875f, .625f, 1}, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void agreesWithTheProductThatGradientsFlowThrough(int grid, NDManager manager) {
    NDArray map = tensor(manager, map());
    NDArray regions = RandomBoxes.tensor(manager, boxes());

    NDArray difference =
        RoiAlign.pool(map, regions, grid).sub(RoiAlign.product(map, regions, grid)).abs();

    assertThat((double) difference.max().getFloat()).isLessThan(1e-4);
  }
}
