package io.deixis.grounding.relations;

import io.deixis.geometry.Box;

/** In the middle: with as many instances to the left as to the right, and near the centre. */
record Middle() implements BoxRelation {

  private static final int MOST = 6;
  private static final double BLUR = 0.08;
  private static final double SPREAD = 0.25;

  private static final Order FROM_LEFT = new Order((box, w, h) -> centre(box) / w, BLUR, 0, 0);
  private static final Order FROM_RIGHT = new Order((box, w, h) -> -centre(box) / w, BLUR, 0, 0);

  @Override
  public double[] chances(Setting setting) {
    double[] chances = new double[setting.count()];
    for (int k = 1; k <= MOST; k++) {
      Setting place = setting.at(k);
      double[] left = FROM_LEFT.chances(place);
      double[] right = FROM_RIGHT.chances(place);
      for (int i = 0; i < chances.length; i++) {
        chances[i] += left[i] * right[i];
      }
    }
    for (int i = 0; i < chances.length; i++) {
      double off = (centre(setting.box(i)) / setting.width() - 0.5) / SPREAD;
      chances[i] = Math.min(1, chances[i]) * Math.exp(-off * off / 2);
    }
    return chances;
  }

  @Override
  public double witness(int place) {
    return 0.1;
  }

  private static double centre(Box box) {
    return (box.x1() + box.x2()) / 2;
  }
}
