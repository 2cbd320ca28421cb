package io.deixis.engine;

import java.util.List;

/**
 * All that matching needs to know of an image; immutable and free of engine resources, so that it
 * can be kept and shared.
 *
 * @param width width of the upright image in pixels
 * @param height height of the upright image in pixels
 * @param boxes candidates [N, 4] row by row, xyxy in normalised coordinates; empty where they
 *     depend on phrases
 * @param regions arrays of the model's own: for each member of the ensemble, the candidates in its
 *     common space [N, W] row by row; or what a published detector keeps
 */
public record ImageFeatures(int width, int height, float[] boxes, List<float[]> regions) {

  /** Copies the list, not what it holds. */
  public ImageFeatures {
    regions = List.copyOf(regions);
  }

  /** Returns the same features of the image in another size. */
  public ImageFeatures ofSize(int otherWidth, int otherHeight) {
    return new ImageFeatures(otherWidth, otherHeight, boxes, regions);
  }

  /** Returns how many candidates there are. */
  public int count() {
    return boxes.length / 4;
  }

  /** Returns roughly how many bytes this takes. */
  public long bytes() {
    return 64L + 4L * (boxes.length + regions.stream().mapToInt(r -> r.length).sum());
  }
}
