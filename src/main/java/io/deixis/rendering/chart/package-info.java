/**
 * Charts as SVG fragments. A {@link io.deixis.rendering.chart.Chart} says what is to be seen, in
 * the units of its axes; {@link io.deixis.rendering.chart.ChartLayout} places it; the templates
 * {@code chart.svg} and {@code chart.css} draw and colour it, for light, dark and paper.
 */
package io.deixis.rendering.chart;
