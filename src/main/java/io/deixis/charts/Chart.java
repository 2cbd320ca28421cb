package io.deixis.charts;

import java.util.List;

/**
 * What a chart shows.
 *
 * @param title in a few words
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series in drawing order: later ones lie on top
 */
public record Chart(String title, Axis x, Axis y, List<Series> series) {

  /** Copies the series. */
  public Chart {
    series = List.copyOf(series);
  }
}
