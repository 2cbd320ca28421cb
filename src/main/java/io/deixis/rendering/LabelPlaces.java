package io.deixis.rendering;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;

/** Finds for one label after the other a place at its box that no earlier label has taken. */
final class LabelPlaces {

  private final double width;
  private final double height;
  private final double fontSize;
  private final List<Box> taken = new ArrayList<>();

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
   * Returns the ground of the label {@code text} for {@code box}: on top of it, inside it at the
   * top, beside it at the top, below it, or inside it at the bottom, whichever is free first; the
   * first one that lies in the photo if none is free.
   *
   * @param keep whether later labels are to stay off this one
   */
  Box place(Box box, String text, boolean keep) {
    double labelWidth = Math.min(width, TextWidth.ems(text) * fontSize + 2 * padding());
    double labelHeight = Math.min(height, fontSize * 1.4);
    double[] aligned = {box.x1(), box.x2() - labelWidth};
    List<Box> places = new ArrayList<>();
    for (double top : new double[] {box.y1() - labelHeight, box.y1()}) {
      for (double left : aligned) {
        addIfWithin(places, within(left, labelWidth), top, labelWidth, labelHeight);
      }
    }
    for (double left : new double[] {box.x2(), box.x1() - labelWidth}) {
      addIfWithin(places, left, box.y1(), labelWidth, labelHeight);
    }
    for (double top : new double[] {box.y2(), box.y2() - labelHeight}) {
      for (double left : aligned) {
        addIfWithin(places, within(left, labelWidth), top, labelWidth, labelHeight);
      }
    }
    if (places.isEmpty()) {
      places.add(new Box(0, 0, labelWidth, labelHeight));
    }
    Box place =
        places.stream()
            .filter(p -> taken.stream().noneMatch(t -> t.intersectionArea(p) > 0))
            .findFirst()
            .orElse(places.get(0));
    if (keep) {
      taken.add(place);
    }
    return place;
  }

  /** Moves a label as little as needed to have its sides in the photo. */
  private double within(double left, double labelWidth) {
    return Math.max(0, Math.min(left, width - labelWidth));
  }

  private void addIfWithin(
      List<Box> places, double left, double top, double labelWidth, double labelHeight) {
    if (left >= 0 && left + labelWidth <= width && top >= 0 && top + labelHeight <= height) {
      places.add(new Box(left, top, left + labelWidth, top + labelHeight));
    }
  }
}
