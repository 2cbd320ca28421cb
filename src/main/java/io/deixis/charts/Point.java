package io.deixis.charts;

/**
 * A value in a chart.
 *
 * @param x in the unit of the horizontal axis
 * @param y in the unit of the vertical axis
 * @param title what a pointer on it is told
 */
public record Point(double x, double y, String title) {}
