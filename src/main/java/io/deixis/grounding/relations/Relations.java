package io.deixis.grounding.relations;

import io.deixis.geometry.Box;
import io.deixis.language.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The relations that can be resolved, by the names that readings give them. A new one is a class or
 * an expression of its own, and a line here.
 */
final class Relations {

  private static final Map<String, BoxRelation> BY_NAME = new HashMap<>();

  static {
    side("left", (box, w, h) -> x(box) / w);
    side("right", (box, w, h) -> -x(box) / w);
    place("top", (box, w, h) -> y(box) / h);
    place("bottom", (box, w, h) -> -y(box) / h);
    place("top left", (box, w, h) -> Math.hypot(x(box) / w, y(box) / h));
    place("top right", (box, w, h) -> Math.hypot(1 - x(box) / w, y(box) / h));
    place("bottom left", (box, w, h) -> Math.hypot(x(box) / w, 1 - y(box) / h));
    place("bottom right", (box, w, h) -> Math.hypot(1 - x(box) / w, 1 - y(box) / h));
    place("corner", (box, w, h) -> -Math.hypot(x(box) / w - 0.5, y(box) / h - 0.5));
    size("biggest", (box, w, h) -> -size(box, w, h));
    size("smallest", (box, w, h) -> size(box, w, h));
    size("tallest", (box, w, h) -> -box.height() / h);
    size("shortest", (box, w, h) -> box.height() / h);
    size("closest", (box, w, h) -> -nearness(box, w, h));
    size("foreground", (box, w, h) -> -nearness(box, w, h));
    size("farthest", (box, w, h) -> nearness(box, w, h));
    size("background", (box, w, h) -> nearness(box, w, h));
    BY_NAME.put("wearing", new Has(true));
    BY_NAME.put("middle", new Middle());
    BY_NAME.put(Reading.Relation.OTHER, new Other());
    BY_NAME.put("between", new Between());
    BY_NAME.put("nearest", new Distance(1));
    BY_NAME.put("farthest from", new Distance(-1));
    pair("next to", (t, r, d) -> near(t, r, d, 0.08));
    pair("at", (t, r, d) -> near(t, r, d, 0.05));
    pair("left of", (t, r, d) -> step((x(r) - x(t)) / d, 0.03) * near(t, r, d, 0.25));
    pair("right of", (t, r, d) -> step((x(t) - x(r)) / d, 0.03) * near(t, r, d, 0.25));
    pair("above", (t, r, d) -> step((y(r) - y(t)) / d, 0.03) * near(t, r, d, 0.15));
    pair("below", (t, r, d) -> step((y(t) - y(r)) / d, 0.03) * near(t, r, d, 0.15));
    pair("in front of", (t, r, d) -> step((t.y2() - r.y2()) / d, 0.04) * near(t, r, d, 0.1));
    pair("behind", (t, r, d) -> step((r.y2() - t.y2()) / d, 0.04) * near(t, r, d, 0.1));
    pair(
        "on",
        (t, r, d) -> overlapAcross(t, r) * step((y(r) - t.y1()) / d, 0.02) * near(t, r, d, 0.02));
    pair(
        "in", (t, r, d) -> Math.max(inside(t, r), 0.5 * overlapAcross(t, r) * near(t, r, d, 0.01)));
  }

  /** What holds of a thing and others that are apart from it. */
  private static final Set<String> APART =
      Set.of(
          Reading.Relation.SAME,
          "nearest",
          "farthest from",
          "next to",
          "left of",
          "right of",
          "above",
          "below",
          "in front of",
          "behind",
          "between");

  private static final BoxRelation HAS = new Has(false);

  /** The other way round: "the shirt of the man", "the bag carried by her". */
  private static final BoxRelation HAD =
      new Pairwise((t, r, d) -> Math.max(inside(t, r), 0.7 * near(t, r, d, 0.02)), 0.3);

  private Relations() {}

  /** Whether a relation is something that one wears, holds or does with another thing. */
  static boolean isHas(Reading.Relation relation) {
    return of(relation) instanceof Has && !relation.name().equals(Reading.Relation.SAME);
  }

  /**
   * Whether nothing has this relation to itself: nothing is next to itself, but food fills plates.
   */
  static boolean isApart(Reading.Relation relation) {
    return APART.contains(relation.name());
  }

  /** Returns a relation by name; whatever is unknown is something that one does with another. */
  static BoxRelation of(Reading.Relation relation) {
    boolean passive = relation.name().equals("of") || relation.name().endsWith(" by");
    return Optional.ofNullable(BY_NAME.get(relation.name())).orElse(passive ? HAD : HAS);
  }

  private static void side(String name, Order.Key key) {
    BY_NAME.put(name, new Order(key, 0.05, 0.6, 0.1));
  }

  private static void place(String name, Order.Key key) {
    BY_NAME.put(name, new Order(key, 0.025, 0.1, 0.1));
  }

  private static void size(String name, Order.Key key) {
    BY_NAME.put(name, new Order(key, 0.02, 0.1, 0));
  }

  private static void pair(String name, Pairwise.Closeness closeness) {
    BY_NAME.put(name, new Pairwise(closeness, 0.05));
  }

  private static double x(Box box) {
    return (box.x1() + box.x2()) / 2;
  }

  private static double y(Box box) {
    return (box.y1() + box.y2()) / 2;
  }

  private static double size(Box box, double width, double height) {
    return Math.sqrt(box.area() / (width * height));
  }

  /** What is closer looks larger, and stands lower in the picture. */
  private static double nearness(Box box, double width, double height) {
    return size(box, width, height) + 0.3 * box.y2() / height;
  }

  private static double near(Box a, Box b, double diagonal, double reach) {
    return Math.exp(-a.gap(b) / diagonal / reach);
  }

  private static double step(double value, double blur) {
    return 1 / (1 + Math.exp(-value / blur));
  }

  private static double inside(Box inner, Box outer) {
    return inner.area() > 0 ? inner.intersectionArea(outer) / inner.area() : 0;
  }

  private static double overlapAcross(Box a, Box b) {
    double shared = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    return Math.max(0, shared) / Math.max(1e-9, Math.min(a.width(), b.width()));
  }
}
