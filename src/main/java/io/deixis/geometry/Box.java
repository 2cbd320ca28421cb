package io.deixis.geometry;

/**
 * An axis-aligned box {@code (x1, y1)-(x2, y2)} in pixels of the upright image: x grows to the
 * right, y downwards, the origin is the image's top left corner. The far edge is exclusive, so a
 * box's width is {@code x2 - x1}.
 *
 * @param x1 left edge
 * @param y1 top edge
 * @param x2 right edge, at least {@code x1}
 * @param y2 bottom edge, at least {@code y1}
 */
public record Box(double x1, double y1, double x2, double y2) {

  /**
   * Checks the order of the edges.
   *
   * @throws IllegalArgumentException if an edge is not finite or the edges are in the wrong order
   */
  public Box {
    if (!(Double.isFinite(x1)
        && Double.isFinite(y1)
        && Double.isFinite(x2)
        && Double.isFinite(y2))) {
      throw new IllegalArgumentException("A box needs finite edges.");
    }
    if (x2 < x1 || y2 < y1) {
      throw new IllegalArgumentException(
          "A box needs x1 <= x2 and y1 <= y2, not (%s, %s)-(%s, %s)".formatted(x1, y1, x2, y2));
    }
  }

  /** Returns the width in pixels. */
  public double width() {
    return x2 - x1;
  }

  /** Returns the height in pixels. */
  public double height() {
    return y2 - y1;
  }

  /** Returns the area in square pixels. */
  public double area() {
    return width() * height();
  }

  /** Returns the area that this box and {@code other} share, in square pixels. */
  public double intersectionArea(Box other) {
    double width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    return Math.max(0, width) * Math.max(0, height);
  }

  /**
   * Returns the intersection over union with {@code other}, in [0, 1]; 0 where both boxes are
   * empty.
   */
  public double iou(Box other) {
    double intersection = intersectionArea(other);
    double union = area() + other.area() - intersection;
    return union > 0 ? intersection / union : 0;
  }

  /** Returns the gap between the edges of this box and {@code other}, 0 where they touch. */
  public double gap(Box other) {
    double dx = Math.max(0, Math.max(x1 - other.x2, other.x1 - x2));
    double dy = Math.max(0, Math.max(y1 - other.y2, other.y1 - y2));
    return Math.hypot(dx, dy);
  }

  /** Returns the smallest box that holds this one and {@code other}. */
  public Box enclosing(Box other) {
    return new Box(
        Math.min(x1, other.x1),
        Math.min(y1, other.y1),
        Math.max(x2, other.x2),
        Math.max(y2, other.y2));
  }

  /** Returns this box cut to an image of {@code width} times {@code height} pixels. */
  public Box clampedTo(double width, double height) {
    return new Box(clamp(x1, width), clamp(y1, height), clamp(x2, width), clamp(y2, height));
  }

  /** Returns this box with x multiplied by {@code sx} and y by {@code sy}, both positive. */
  public Box scaled(double sx, double sy) {
    return new Box(x1 * sx, y1 * sy, x2 * sx, y2 * sy);
  }

  private static double clamp(double value, double limit) {
    return Math.max(0, Math.min(limit, value));
  }
}
