/**
 * The report of an evaluation as one page that stands by itself and one JSON document: {@link
 * io.deixis.rendering.report.EvaluationReport} is the way in.
 */
package io.deixis.rendering.report;
