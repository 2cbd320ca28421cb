package io.deixis.dataset.synthetic;

import java.awt.Color;

/** Where a scene takes place: a ground under a sky. */
enum Backdrop {
  MEADOW("a meadow", "the grass", new Color(96, 160, 70), new Color(150, 200, 240)),
  BEACH("a beach", "the sand", new Color(222, 200, 150), new Color(120, 190, 235)),
  STREET("a street", "the road", new Color(110, 110, 115), new Color(185, 200, 215)),
  SNOW("a snowy field", "the snow", new Color(226, 232, 240), new Color(160, 180, 205));

  /** The phrase for the whole scene. */
  final String place;

  /** The phrase for the ground. */
  final String ground;

  final Color groundPaint;
  final Color skyPaint;

  Backdrop(String place, String ground, Color groundPaint, Color skyPaint) {
    this.place = place;
    this.ground = ground;
    this.groundPaint = groundPaint;
    this.skyPaint = skyPaint;
  }
}
