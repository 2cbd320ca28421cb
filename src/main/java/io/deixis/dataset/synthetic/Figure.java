package io.deixis.dataset.synthetic;

import io.deixis.geometry.Box;

/**
 * A thing in a scene.
 *
 * @param kind what it is
 * @param colour its colour, or that of its clothes
 * @param box where it is, in whole pixels
 */
record Figure(Kind kind, Colour colour, Box box) {

  /** How far down the clothes of a person begin and end, as shares of its height. */
  static final double GARMENT_TOP = 0.25;

  static final double GARMENT_BOTTOM = 0.7;

  /** Returns where the clothes are. */
  Box garmentBox() {
    return new Box(
        box.x1(),
        box.y1() + Math.round(GARMENT_TOP * box.height()),
        box.x2(),
        box.y1() + Math.round(GARMENT_BOTTOM * box.height()));
  }
}
