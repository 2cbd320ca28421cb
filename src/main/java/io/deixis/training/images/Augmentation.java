package io.deixis.training.images;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.image.UprightImage;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How an image is changed before training sees it: cropped, mirrored, in other light.
 *
 * @param crop the part that is left, in normalised coordinates
 * @param mirrored whether the part is seen in a mirror
 * @param brightness factor of every pixel
 * @param contrast factor of every pixel's distance from the image's mean
 * @param saturation factor of every pixel's distance from its own grey
 */
public record Augmentation(
    Box crop, boolean mirrored, float brightness, float contrast, float saturation) {

  /** Mirrored and nothing else. */
  public static final Augmentation MIRROR = new Augmentation(new Box(0, 0, 1, 1), true, 1, 1, 1);

  /** How often an image is cropped. */
  private static final double CROPPED = 0.5;

  /** What is left of a side at least. */
  private static final double SMALLEST_SIDE = 0.7;

  /** Brightness, contrast and saturation change by up to this share. */
  private static final float LIGHT = 0.2f;

  /** A box of which less is seen is no longer what the phrase means. */
  private static final double VISIBLE = 0.6;

  /** Draws one. */
  public static Augmentation draw(Random random) {
    Box crop = new Box(0, 0, 1, 1);
    if (random.nextDouble() < CROPPED) {
      double width = SMALLEST_SIDE + (1 - SMALLEST_SIDE) * random.nextDouble();
      double height = SMALLEST_SIDE + (1 - SMALLEST_SIDE) * random.nextDouble();
      double left = (1 - width) * random.nextDouble();
      double top = (1 - height) * random.nextDouble();
      crop = new Box(left, top, left + width, top + height);
    }
    return new Augmentation(
        crop, random.nextBoolean(), factor(random), factor(random), factor(random));
  }

  /**
   * Draws that of an image's second view, which is always mirrored.
   *
   * @param id the image's; what is drawn follows from it alone
   */
  public static Augmentation ofSecondView(String id) {
    Augmentation drawn = draw(new Random(id.hashCode()));
    return new Augmentation(drawn.crop, true, drawn.brightness, drawn.contrast, drawn.saturation);
  }

  /** Returns the same with nothing cut off. */
  public Augmentation uncropped() {
    return new Augmentation(new Box(0, 0, 1, 1), mirrored, brightness, contrast, saturation);
  }

  private static float factor(Random random) {
    return 1 - LIGHT + 2 * LIGHT * random.nextFloat();
  }

  /** Returns the image so changed, as the backbone takes it: [1, 3, height, width] in [0, 1]. */
  public NDArray apply(NDManager manager, UprightImage image, BackboneSpec.Input input) {
    NDArray pixels = ImageTensor.of(manager, cropped(image), input);
    if (mirrored) {
      pixels = pixels.flip(3);
    }
    NDArray lit = pixels.mul(brightness);
    NDArray mean = lit.mean();
    NDArray contrasted = lit.sub(mean).mul(contrast).add(mean);
    NDArray grey = contrasted.mean(new int[] {1}, true);
    return NDArrays.add(contrasted.sub(grey).mul(saturation), grey).clip(0, 1);
  }

  private UprightImage cropped(UprightImage image) {
    int left = (int) Math.round(crop.x1() * image.width());
    int top = (int) Math.round(crop.y1() * image.height());
    int width = Math.max(1, (int) Math.round(crop.x2() * image.width()) - left);
    int height = Math.max(1, (int) Math.round(crop.y2() * image.height()) - top);
    if (width == image.width() && height == image.height()) {
      return image;
    }
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          image.rgb(), 3 * ((top + y) * image.width() + left), rgb, 3 * y * width, 3 * width);
    }
    return new UprightImage(width, height, rgb);
  }

  /**
   * Returns where a box is seen, in normalised coordinates of the crop; nothing if too little of it
   * is.
   */
  public Optional<Box> apply(Box box) {
    Box seen =
        new Box(
            Math.max(box.x1(), crop.x1()),
            Math.max(box.y1(), crop.y1()),
            Math.max(Math.max(box.x1(), crop.x1()), Math.min(box.x2(), crop.x2())),
            Math.max(Math.max(box.y1(), crop.y1()), Math.min(box.y2(), crop.y2())));
    if (seen.area() <= VISIBLE * box.area()) {
      return Optional.empty();
    }
    double width = crop.x2() - crop.x1();
    double height = crop.y2() - crop.y1();
    double x1 = (seen.x1() - crop.x1()) / width;
    double x2 = (seen.x2() - crop.x1()) / width;
    double y1 = (seen.y1() - crop.y1()) / height;
    double y2 = (seen.y2() - crop.y1()) / height;
    return Optional.of(mirrored ? new Box(1 - x2, y1, 1 - x1, y2) : new Box(x1, y1, x2, y2));
  }

  /** Returns where boxes are seen, those of which enough is. */
  public List<Box> apply(List<Box> boxes) {
    List<Box> seen = new ArrayList<>();
    boxes.forEach(box -> apply(box).ifPresent(seen::add));
    return seen;
  }
}
