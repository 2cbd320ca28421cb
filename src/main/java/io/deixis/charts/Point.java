package io.deixis.charts;

/**
 * A value in a chart.
 *
 * @param x in the unit of the horizontal axis
 * @param y in the unit of the vertical axis
 * @param title shown where the pointer is on it
 */
public record Point(double x, double y, String title) {}
