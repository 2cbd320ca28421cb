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

  private static final List<String> PLACES = List.of("second", "third");

  private final double width;
  private final double height;
  private final List<Question> questions = new ArrayList<>();
  private String suffix;

  private OrderQuestions(double width, double height) {
    this.width = width;
    this.height = height;
  }

  static List<Question> of(double width, double height, Instances instances) {
    OrderQuestions order = new OrderQuestions(width, height);
    instances
        .boxes()
        .forEach((noun, boxes) -> order.ask(noun, boxes, instances.people().contains(noun)));
    return order.questions;
  }

  private void ask(String noun, List<Box> boxes, boolean people) {
    if (boxes.size() < 2 || boxes.size() > 6) {
      return;
    }
    suffix = people ? "-people" : "-things";
    sides(noun, boxes, people);
    heights(noun, boxes);
    sizes(noun, boxes);
  }

  private void sides(String noun, List<Box> boxes, boolean people) {
    List<Box> sorted = sorted(boxes, this::x);
    int last = sorted.size() - 1;
    boolean clearLeft = x(sorted.get(1)) - x(sorted.get(0)) >= MARGIN;
    boolean clearRight = x(sorted.get(last)) - x(sorted.get(last - 1)) >= MARGIN;
    String count = last == 1 ? "two" : "more";
    if (clearLeft) {
      add(
          "side-of-" + count,
          sorted.get(0),
          noun,
          "the %s on the left hand side",
          "leftmost %s in the photo");
    }
    if (clearRight) {
      add(
          "side-of-" + count,
          sorted.get(last),
          noun,
          "the %s on the right hand side",
          "rightmost %s in the photo");
    }
    if (last == 1 && clearLeft) {
      add(
          "not-left",
          sorted.get(1),
          noun,
          "the %s " + (people ? "who" : "which") + " isn't on the left",
          "the %s but not the left one");
      add(
          "other",
          sorted.get(1),
          noun,
          "the other %1$s, not the %1$s on the left",
          "the %s other than the left one");
    }
    if (last == 2 && clearLeft && clearRight) {
      add("middle", sorted.get(1), noun, "the %s right in the middle", "middle %s of the three");
      add(
          "between",
          sorted.get(1),
          noun,
          "the %1$s between the other two %2$s",
          "%1$s in between the two others");
    }
    for (int k = 1; k < last; k++) {
      if (separated(sorted, k)) {
        if (k <= PLACES.size()) {
          add(
              "ordinal",
              sorted.get(k),
              noun,
              PLACES.get(k - 1) + " %s counting from the left",
              "the %s that is " + PLACES.get(k - 1) + " from the left");
        }
        if (last - k <= PLACES.size()) {
          add(
              "ordinal",
              sorted.get(k),
              noun,
              PLACES.get(last - k - 1) + " %s counting from the right",
              "the %s that is " + PLACES.get(last - k - 1) + " from the right");
        }
      }
    }
  }

  /** Whether the k-th and all before and after stand apart from it. */
  private boolean separated(List<Box> sorted, int k) {
    return x(sorted.get(k)) - x(sorted.get(k - 1)) >= MARGIN
        && x(sorted.get(k + 1)) - x(sorted.get(k)) >= MARGIN;
  }

  private void heights(String noun, List<Box> boxes) {
    List<Box> sorted = sorted(boxes, this::y);
    int last = sorted.size() - 1;
    if (y(sorted.get(1)) - y(sorted.get(0)) >= MARGIN) {
      add(
          "top-bottom",
          sorted.get(0),
          noun,
          "the %s nearest the top of the picture",
          "uppermost %s");
    }
    if (y(sorted.get(last)) - y(sorted.get(last - 1)) >= MARGIN) {
      add(
          "top-bottom",
          sorted.get(last),
          noun,
          "the %s nearest the bottom of the picture",
          "lowermost %s");
    }
  }

  private void sizes(String noun, List<Box> boxes) {
    List<Box> sorted = sorted(boxes, Box::area);
    int last = sorted.size() - 1;
    Box smallest = sorted.get(0);
    Box biggest = sorted.get(last);
    if (sorted.get(1).area() >= RATIO * smallest.area()) {
      add(
          "smallest-or-farthest",
          smallest,
          noun,
          "the smallest %s of all",
          "which %s is the smallest?");
      if (boxes.stream().allMatch(box -> box == smallest || box.y2() > smallest.y2())) {
        add("smallest-or-farthest", smallest, noun, "the %s farthest away", "the most distant %s");
      }
    }
    if (biggest.area() >= RATIO * sorted.get(last - 1).area()) {
      add("biggest-or-closest", biggest, noun, "the biggest %s of all", "which %s is the largest?");
      if (boxes.stream().allMatch(box -> box == biggest || box.y2() < biggest.y2())) {
        add("biggest-or-closest", biggest, noun, "the %s that is closest to us", "the nearest %s");
      }
    }
  }

  private void add(String kind, Box answer, String noun, String... wordings) {
    for (String wording : wordings) {
      questions.add(
          new Question(
              kind + suffix, wording.formatted(noun, Nouns.plural(noun)), List.of(answer)));
    }
  }

  private double x(Box box) {
    return (box.x1() + box.x2()) / 2 / width;
  }

  private double y(Box box) {
    return (box.y1() + box.y2()) / 2 / height;
  }

  private static List<Box> sorted(List<Box> boxes, ToDoubleFunction<Box> by) {
    return boxes.stream().sorted(Comparator.comparingDouble(by)).toList();
  }
}
