package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import java.util.List;

/** Between two other things, or among several: near the middle of where they are. */
record Between() implements BoxRelation {

  @Override
  public double[] chances(Setting setting) {
    List<Instance> first = setting.references().get(0);
    List<Instance> second = setting.references().get(setting.references().size() - 1);
    double[] chances = new double[setting.count()];
    for (int i = 0; i < chances.length; i++) {
      Box box = setting.box(i);
      for (Instance a : first) {
        for (Instance b : second) {
          boolean three = a != b && a.box().iou(box) < 0.5 && b.box().iou(box) < 0.5;
          if (three) {
            double holds = between(box, a.box(), b.box());
            chances[i] = Math.max(chances[i], holds * a.chance() * b.chance());
          }
        }
      }
    }
    return chances;
  }

  @Override
  public double witness(int place) {
    return 0.1;
  }

  private static double between(Box box, Box a, Box b) {
    double ax = x(a);
    double ay = y(a);
    double length = Math.hypot(x(b) - ax, y(b) - ay) + 1e-9;
    double along = ((x(box) - ax) * (x(b) - ax) + (y(box) - ay) * (y(b) - ay)) / (length * length);
    double off =
        Math.abs((x(box) - ax) * (y(b) - ay) - (y(box) - ay) * (x(b) - ax)) / (length * length);
    return Math.exp(-Math.pow((along - 0.5) / 0.3, 2) - Math.pow(off / 0.6, 2));
  }

  private static double x(Box box) {
    return (box.x1() + box.x2()) / 2;
  }

  private static double y(Box box) {
    return (box.y1() + box.y2()) / 2;
  }
}
