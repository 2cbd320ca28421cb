package io.deixis.answers;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds for one label after the other a place at its box that no earlier label has taken. Labels
 * that do not cover each other go on not doing so as some of them are hidden, so one set of places
 * serves every threshold.
 */
final class LabelPlaces {

  /** How many places a label tries between the ends of an edge of its box. */
  private static final int STEPS = 6;

  private final double width;
  private final double height;
  private final double fontSize;
  private final List<Taken> taken = new ArrayList<>();

  private record Taken(int hue, boolean crowded, Box plate) {}

  /**
   * A label's place.
   *
   * @param plate the label's ground, in pixels, within the photo
   * @param crowded whether no place was free, so that the plate covers a label of another hue, or
   *     one of its own where even that cannot be helped
   */
  record Place(Box plate, boolean crowded) {}

  /**
   * Starts with an empty photo.
   *
   * @param width of the photo in pixels
   * @param height of the photo in pixels
   * @param fontSize in pixels
   */
  LabelPlaces(double width, double height, double fontSize) {
    this.width = width;
    this.height = height;
    this.fontSize = fontSize;
  }

  /** Space left and right of a label's text, in pixels. */
  double padding() {
    return fontSize * 0.4;
  }

  /**
   * Places the label {@code text} of {@code box}: on top of it, inside it at the top, beside it at
   * the top, below it, or inside it at the bottom, whichever is free first; then anywhere else
   * along its edges.
   *
   * @param hue of its phrase; labels of one hue are shown together even if they are crowded
   */
  Place place(int hue, Box box, String text) {
    double labelWidth = Math.min(width, TextWidth.ems(text) * fontSize + 2 * padding());
    double labelHeight = Math.min(height, fontSize * 1.4);
    List<Box> plates = plates(box, labelWidth, labelHeight);
    Optional<Box> free = firstFree(plates, other -> !other.crowded());
    Place place =
        free.map(plate -> new Place(plate, false))
            .orElseGet(
                () ->
                    new Place(
                        firstFree(plates, other -> other.hue() == hue).orElse(plates.get(0)),
                        true));
    taken.add(new Taken(hue, place.crowded(), place.plate()));
    return place;
  }

  private Optional<Box> firstFree(List<Box> plates, Predicate<Taken> heeded) {
    List<Box> others = taken.stream().filter(heeded).map(Taken::plate).toList();
    return plates.stream()
        .filter(plate -> others.stream().noneMatch(other -> other.intersectionArea(plate) > 0))
        .findFirst();
  }

  /** Returns where a label may lie, the best place first; there is always one. */
  private List<Box> plates(Box box, double labelWidth, double labelHeight) {
    double[] beside = {box.x2(), box.x1() - labelWidth};
    double[] onEdges = {box.x1(), box.x2() - labelWidth};
    double above = box.y1() - labelHeight;
    double below = box.y2() - labelHeight;
    List<Box> plates = new ArrayList<>();
    for (double top : new double[] {above, box.y1()}) {
      for (double left : onEdges) {
        addIfWithin(plates, within(left, labelWidth), top, labelWidth, labelHeight);
      }
    }
    for (double left : beside) {
      addIfWithin(plates, left, box.y1(), labelWidth, labelHeight);
    }
    for (double top : new double[] {box.y2(), below}) {
      for (double left : onEdges) {
        addIfWithin(plates, within(left, labelWidth), top, labelWidth, labelHeight);
      }
    }
    for (int step = 1; step < STEPS; step++) {
      double along = (double) step / STEPS;
      double left = box.x1() + along * (box.width() - labelWidth);
      for (double top : new double[] {above, box.y1(), box.y2(), below}) {
        addIfWithin(plates, within(left, labelWidth), top, labelWidth, labelHeight);
      }
      double top = box.y1() + along * (box.height() - labelHeight);
      for (double side : new double[] {beside[0], onEdges[0], onEdges[1], beside[1]}) {
        addIfWithin(plates, side, top, labelWidth, labelHeight);
      }
    }
    if (plates.isEmpty()) {
      plates.add(new Box(0, 0, labelWidth, labelHeight));
    }
    return plates;
  }

  /** Moves a label as little as needed to have its sides in the photo. */
  private double within(double left, double labelWidth) {
    return Math.max(0, Math.min(left, width - labelWidth));
  }

  private void addIfWithin(
      List<Box> plates, double left, double top, double labelWidth, double labelHeight) {
    if (left >= 0 && left + labelWidth <= width && top >= 0 && top + labelHeight <= height) {
      plates.add(new Box(left, top, left + labelWidth, top + labelHeight));
    }
  }
}
