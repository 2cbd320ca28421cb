package io.deixis.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class RegionFeaturesTest {

  private static final RegionFeatures REGIONS = Architecture.STANDARD.regions();

  private static final int COLOURS = 512 + 96 + 80;
  private static final int GEOMETRY = COLOURS + 30;

  private static final List<Box> PROPOSALS =
      List.of(new Box(.1, .2, .5, .4), new Box(0, 0, .5, 1), new Box(.3, .3, .3, .3));

  @Test
  void appearanceJoinsTheMaps(NDManager manager) {
    BackboneOutput maps = RandomMaps.of(manager, PROPOSALS);

    NDArray appearance = REGIONS.appearance(maps, maps.boxes()).get(0);

    assertThat(appearance.getShape()).isEqualTo(new Shape(3, 1824));
    assertThat(appearance.get(":, 0:512").toFloatArray())
        .containsExactly(RoiAlign.pool(maps.maps().get("f16"), maps.boxes(), 1).toFloatArray());
    assertThat(appearance.get(":, -96:").toFloatArray())
        .containsExactly(
            RoiAlign.pool(maps.maps().get("p16"), RoiAlign.enlarged(maps.boxes(), 1.6f), 1)
                .toFloatArray());
  }

  @Test
  void aDescriptionHasItsPartsInOrder(NDManager manager) {
    BackboneOutput maps = RandomMaps.of(manager, PROPOSALS);
    Candidates candidates = Candidates.of(maps);
    NDArray described = describe(manager, maps);

    assertThat(described.getShape()).isEqualTo(new Shape(Candidates.count(3), 750));
    float[] first = described.get("0").toFloatArray();
    assertThat(Arrays.copyOfRange(first, 512, 512 + 96))
        .containsExactly(candidates.queries().orElseThrow().get("0").toFloatArray());
    assertThat(first[512 + 96])
        .isCloseTo(
            2 * (float) Math.sqrt(candidates.posteriors().orElseThrow().get("0").toFloatArray()[0]),
            within(1e-6f));
    for (float value : described.toFloatArray()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void geometryIsEdgesCentreAreaAndAspect(NDManager manager) {
    float[] first = describe(manager, RandomMaps.of(manager, PROPOSALS)).get("0").toFloatArray();

    assertThat(Arrays.copyOfRange(first, GEOMETRY, GEOMETRY + 8))
        .containsExactly(
            new float[] {.1f, .2f, .5f, .4f, .3f, .3f, .4f * .2f, (float) Math.log(.4 / .2) / 2},
            within(1e-5f));
    // then the sines of centre and size times pi
    assertThat(first[GEOMETRY + 8]).isCloseTo((float) Math.sin(Math.PI * .3), within(1e-5f));
    assertThat(first[GEOMETRY + 10]).isCloseTo((float) Math.sin(Math.PI * .4), within(1e-5f));
  }

  @Test
  void coloursAreMeansFromMinusOneToOne(NDManager manager) {
    float[] left = describe(manager, RandomMaps.of(manager, PROPOSALS)).get("1").toFloatArray();

    // the left half of the image is red, the right half blue
    for (int cell = 0; cell < 9; cell++) {
      assertThat(Arrays.copyOfRange(left, COLOURS + cell * 3, COLOURS + cell * 3 + 3))
          .containsExactly(new float[] {1, -1, -1}, within(1e-5f));
    }
    assertThat(Arrays.copyOfRange(left, COLOURS + 27, COLOURS + 30))
        .containsExactly(new float[] {0, -1, 0}, within(1e-5f));
  }

  private static NDArray describe(NDManager manager, BackboneOutput maps) {
    int half = 416 / 2;
    NDArray on = manager.ones(new Shape(416, half));
    NDArray off = manager.zeros(new Shape(416, half));
    NDArray image =
        on.concat(off, 1)
            .expandDims(0)
            .concat(off.concat(off, 1).expandDims(0), 0)
            .concat(off.concat(on, 1).expandDims(0), 0);
    RegionWeights weights = RegionWeights.of(REGIONS, (name, shape) -> manager.randomNormal(shape));
    return REGIONS.describe(image, maps, Candidates.of(maps), weights);
  }
}
