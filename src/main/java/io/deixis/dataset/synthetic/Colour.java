package io.deixis.dataset.synthetic;

import java.awt.Color;
import java.util.Locale;

/** The colours that things are painted in and captions speak of. */
enum Colour {
  RED(214, 36, 36),
  BLUE(36, 70, 210),
  YELLOW(245, 215, 40),
  ORANGE(245, 135, 25),
  PURPLE(130, 45, 165),
  PINK(250, 130, 185),
  BLACK(20, 20, 20),
  WHITE(250, 250, 250);

  final Color paint;

  Colour(int red, int green, int blue) {
    paint = new Color(red, green, blue);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
