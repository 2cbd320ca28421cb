package io.deixis.dataset.questions;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Asks for one of several like things by where it is and how large, where that is clear. */
final class OrderQuestions {

  /** How far neighbours in an order have to be apart, in image widths or heights. */
  private static final double MARGIN = 0.1;

  /** How many times the area of the next one. */
  private static final double RATIO = 1.4;

  /** Nobody counts more things than this. */
  private static final int MOST_THINGS = 6;

  private static final List<String> PLACES = List.of("second", "third");

  private final double width;
  private final double height;
  private final String noun;
  private final boolean people;
  private final List<Box> boxes;
  private final List<Question> questions = new ArrayList<>();

  private OrderQuestions(
      double width, double height, String noun, boolean people, List<Box> boxes) {
    this.width = width;
    this.height = height;
    this.noun = noun;
    this.people = people;
    this.boxes = boxes;
  }

  static List<Question> of(double width, double height, Instances instances) {
    List<Question> questions = new ArrayList<>();
    instances
        .boxes()
        .forEach(
            (noun, boxes) -> {
              if (boxes.size() >= 2 && boxes.size() <= MOST_THINGS) {
                boolean people = instances.people().contains(noun);
                questions.addAll(new OrderQuestions(width, height, noun, people, boxes).ask());
              }
            });
    return questions;
  }

  private List<Question> ask() {
    sides();
    heights();
    sizes();
    return questions;
  }

  private void sides() {
    List<Box> sorted = sorted(this::x);
    int last = sorted.size() - 1;
    boolean clearLeft = x(sorted.get(1)) - x(sorted.get(0)) >= MARGIN;
    boolean clearRight = x(sorted.get(last)) - x(sorted.get(last - 1)) >= MARGIN;
    String side = "side-of-" + (last == 1 ? "two" : "more");
    if (clearLeft) {
      add(side, sorted.get(0), "the %s on the left hand side", "leftmost %s in the photo");
    }
    if (clearRight) {
      add(side, sorted.get(last), "the %s on the right hand side", "rightmost %s in the photo");
    }
    if (last == 1 && clearLeft) {
      String who = people ? "who" : "which";
      Box right = sorted.get(1);
      add("not-left", right, "the %s " + who + " isn't on the left", "the %s but not the left one");
      add(
          "other",
          right,
          "the other %1$s, not the %1$s on the left",
          "the %s other than the left one");
    }
    if (last == 2 && clearLeft && clearRight) {
      Box middle = sorted.get(1);
      add("middle", middle, "the %s right in the middle", "middle %s of the three");
      add(
          "between",
          middle,
          "the %1$s between the other two %2$s",
          "%1$s in between the two others");
    }
    for (int k = 1; k < last; k++) {
      if (separated(sorted, k)) {
        ordinal(k, "left", sorted.get(k));
        ordinal(last - k, "right", sorted.get(k));
      }
    }
  }

  /** Asks for the thing that {@code k} others stand before, counted from a side. */
  private void ordinal(int k, String side, Box answer) {
    if (k <= PLACES.size()) {
      String place = PLACES.get(k - 1);
      add(
          "ordinal",
          answer,
          place + " %s counting from the " + side,
          "the %s that is " + place + " from the " + side);
    }
  }

  /** Whether the k-th and all before and after stand apart from it. */
  private boolean separated(List<Box> sorted, int k) {
    return x(sorted.get(k)) - x(sorted.get(k - 1)) >= MARGIN
        && x(sorted.get(k + 1)) - x(sorted.get(k)) >= MARGIN;
  }

  private void heights() {
    List<Box> sorted = sorted(this::y);
    int last = sorted.size() - 1;
    if (y(sorted.get(1)) - y(sorted.get(0)) >= MARGIN) {
      add("top-bottom", sorted.get(0), "the %s nearest the top of the picture", "uppermost %s");
    }
    if (y(sorted.get(last)) - y(sorted.get(last - 1)) >= MARGIN) {
      add(
          "top-bottom",
          sorted.get(last),
          "the %s nearest the bottom of the picture",
          "lowermost %s");
    }
  }

  private void sizes() {
    List<Box> sorted = sorted(Box::area);
    int last = sorted.size() - 1;
    Box smallest = sorted.get(0);
    Box biggest = sorted.get(last);
    if (sorted.get(1).area() >= RATIO * smallest.area()) {
      String kind = "smallest-or-farthest";
      add(kind, smallest, "the smallest %s of all", "which %s is the smallest?");
      if (boxes.stream().allMatch(box -> box == smallest || box.y2() > smallest.y2())) {
        add(kind, smallest, "the %s farthest away", "the most distant %s");
      }
    }
    if (biggest.area() >= RATIO * sorted.get(last - 1).area()) {
      String kind = "biggest-or-closest";
      add(kind, biggest, "the biggest %s of all", "which %s is the largest?");
      if (boxes.stream().allMatch(box -> box == biggest || box.y2() < biggest.y2())) {
        add(kind, biggest, "the %s that is closest to us", "the nearest %s");
      }
    }
  }

  private void add(String kind, Box answer, String... wordings) {
    String suffix = people ? "-people" : "-things";
    for (String wording : wordings) {
      String text = wording.formatted(noun, Nouns.plural(noun));
      questions.add(new Question(kind + suffix, text, List.of(answer)));
    }
  }

  private double x(Box box) {
    return (box.x1() + box.x2()) / 2 / width;
  }

  private double y(Box box) {
    return (box.y1() + box.y2()) / 2 / height;
  }

  private List<Box> sorted(ToDoubleFunction<Box> by) {
    return boxes.stream().sorted(Comparator.comparingDouble(by)).toList();
  }
}
