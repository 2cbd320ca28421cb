package io.deixis.training.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.torch.TorchExtension;
import io.deixis.geometry.Box;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class AugmentationTest {

  private static final BackboneSpec.Input INPUT = Architecture.STANDARD.backbone().input();

  private static final Box WHOLE = new Box(0, 0, 1, 1);

  /** The left half is red, the right half blue. */
  private static final UprightImage HALVES = halves();

  private static UprightImage halves() {
    byte[] rgb = new byte[3 * 40 * 40];
    for (int at = 0; at < 40 * 40; at++) {
      rgb[3 * at + (at % 40 < 20 ? 0 : 2)] = (byte) 255;
    }
    return new UprightImage(40, 40, rgb);
  }

  private static Augmentation plain(Box crop, boolean mirrored) {
    return new Augmentation(crop, mirrored, 1, 1, 1);
  }

  @Test
  void aBoxIsWhereTheCropShowsIt() {
    Augmentation rightPart = plain(new Box(.5, 0, 1, .8), false);

    Box seen = rightPart.apply(new Box(.6, .2, .8, .4)).orElseThrow();

    assertThat(seen.x1()).isCloseTo(.2, within(1e-9));
    assertThat(seen.x2()).isCloseTo(.6, within(1e-9));
    assertThat(seen.y1()).isCloseTo(.25, within(1e-9));
    assertThat(seen.y2()).isCloseTo(.5, within(1e-9));
  }

  @Test
  void aBoxCutOffByMoreThanItsLesserPartIsGone() {
    Augmentation rightPart = plain(new Box(.5, 0, 1, 1), false);

    assertThat(rightPart.apply(new Box(.3, 0, .7, 1))).isEmpty();
    assertThat(rightPart.apply(new Box(.4, 0, .8, 1)))
        .contains(new Box(0, 0, .6000000000000001, 1));
    assertThat(rightPart.apply(new Box(.1, .1, .2, .2))).isEmpty();
    assertThat(rightPart.apply(List.of(new Box(.1, .1, .2, .2), WHOLE))).isEmpty();
  }

  @Test
  void aMirrorTurnsBoxAndPixels(NDManager manager) {
    Augmentation mirror = plain(WHOLE, true);

    Box seen = mirror.apply(new Box(0, 0, .5, 1)).orElseThrow();
    NDArray pixels = mirror.apply(manager, HALVES, INPUT);

    assertThat(seen).isEqualTo(new Box(.5, 0, 1, 1));
    assertThat(pixels.getFloat(0, 0, 200, 300)).isCloseTo(1, within(1e-3f));
    assertThat(pixels.getFloat(0, 0, 200, 100)).isCloseTo(0, within(1e-3f));
    assertThat(pixels.getFloat(0, 2, 200, 100)).isCloseTo(1, within(1e-3f));
  }

  @Test
  void aCropFillsTheInput(NDManager manager) {
    NDArray pixels = plain(new Box(.5, 0, 1, 1), false).apply(manager, HALVES, INPUT);

    assertThat(pixels.getShape().getShape()).containsExactly(1, 3, 416, 416);
    assertThat(pixels.get("0, 0").max().getFloat()).isCloseTo(0, within(1e-3f));
    assertThat(pixels.get("0, 2").min().getFloat()).isCloseTo(1, within(1e-3f));
  }

  @Test
  void lightChangesPixelsWithinTheirRange(NDManager manager) {
    NDArray dark = new Augmentation(WHOLE, false, .8f, 1, 1).apply(manager, HALVES, INPUT);
    NDArray grey = new Augmentation(WHOLE, false, 1, 1, 0).apply(manager, HALVES, INPUT);

    assertThat(dark.max().getFloat()).isCloseTo(.8f, within(1e-3f));
    assertThat(grey.getFloat(0, 0, 200, 100))
        .isCloseTo(grey.getFloat(0, 1, 200, 100), within(1e-5f));
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      NDArray drawn = Augmentation.draw(random).apply(manager, HALVES, INPUT);
      assertThat(drawn.min().getFloat()).isNotNegative();
      assertThat(drawn.max().getFloat()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theSameDrawsGiveTheSame() {
    assertThat(Augmentation.draw(new Random(4))).isEqualTo(Augmentation.draw(new Random(4)));
  }

  @Test
  void whatIsDrawnIsPartOfTheImage() {
    int cropped = 0;
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      Box crop = Augmentation.draw(random).crop();
      assertThat(crop.x1()).isNotNegative();
      assertThat(crop.y2()).isLessThanOrEqualTo(1);
      assertThat(crop.area()).isGreaterThanOrEqualTo(.7 * .7 - 1e-9);
      cropped += crop.equals(WHOLE) ? 0 : 1;
    }
    assertThat(cropped).isBetween(60, 140);
  }
}
