/**
 * How a training goes, as charts: {@link io.deixis.rendering.training.MetricsLog} takes in the
 * lines of its metrics, {@link io.deixis.rendering.training.TrainingCharts} draws them.
 */
package io.deixis.rendering.training;
