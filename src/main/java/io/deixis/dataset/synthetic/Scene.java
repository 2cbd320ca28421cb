package io.deixis.dataset.synthetic;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is to be seen in an image: figures beside each other on a ground. At most two are of the
 * same kind, and no two have the same colour, so that colour or side tells them apart.
 *
 * @param width of the image in pixels
 * @param height of the image in pixels
 * @param horizon the row where the ground begins
 * @param backdrop where it is
 * @param figures from left to right, at least two
 */
record Scene(int width, int height, int horizon, Backdrop backdrop, List<Figure> figures) {

  private static final int LONG_SIDE = 320;
  private static final int SHORT_SIDE = 240;
  private static final int MIN_FIGURES = 2;
  private static final int MAX_FIGURES = 4;

  /** How often two figures are of the same kind. */
  private static final double PAIR_SHARE = 0.6;

  Scene {
    figures = List.copyOf(figures);
  }

  /** Invents a scene. */
  static Scene random(Random random) {
    boolean landscape = random.nextInt(4) > 0;
    int width = landscape ? LONG_SIDE : SHORT_SIDE;
    int height = landscape ? SHORT_SIDE : LONG_SIDE;
    int horizon = height * (30 + random.nextInt(21)) / 100;
    Backdrop backdrop = Backdrop.values()[random.nextInt(Backdrop.values().length)];
    List<Kind> kinds = kinds(random);
    List<Colour> colours = new ArrayList<>(Arrays.asList(Colour.values()));
    Collections.shuffle(colours, random);
    double slot = (double) width / kinds.size();
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      Box box = place(kinds.get(i), i * slot, slot, horizon, height, random);
      figures.add(new Figure(kinds.get(i), colours.get(i), box));
    }
    return new Scene(width, height, horizon, backdrop, figures);
  }

  private static List<Kind> kinds(Random random) {
    List<Kind> kinds = new ArrayList<>(Arrays.asList(Kind.values()));
    Collections.shuffle(kinds, random);
    int count = MIN_FIGURES + random.nextInt(MAX_FIGURES - MIN_FIGURES + 1);
    kinds = new ArrayList<>(kinds.subList(0, count));
    if (random.nextDouble() < PAIR_SHARE) {
      kinds.set(1, kinds.get(0));
      Collections.shuffle(kinds, random);
    }
    return kinds;
  }

  /** Finds a box in the slot that begins at column {@code left}, with its foot on the ground. */
  private static Box place(
      Kind kind, double left, double slot, int horizon, int height, Random random) {
    double size = 0.25 + 0.4 * random.nextDouble();
    double boxHeight = Math.min(size * height, 0.95 * slot / kind.aspect);
    double boxWidth = kind.aspect * boxHeight;
    double x1 = left + random.nextDouble() * (slot - boxWidth);
    double lowestFoot = height - 4.0;
    double highestFoot = Math.max(horizon + 10.0, boxHeight + 4);
    double foot = highestFoot + random.nextDouble() * (lowestFoot - highestFoot);
    return new Box(
        Math.ceil(x1), Math.ceil(foot - boxHeight), Math.floor(x1 + boxWidth), Math.floor(foot));
  }
}
