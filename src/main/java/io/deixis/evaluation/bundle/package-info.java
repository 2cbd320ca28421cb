/**
 * What a model bundle tells of how it was judged: {@link
 * io.deixis.evaluation.bundle.EvaluationFolder} reads and writes it.
 */
package io.deixis.evaluation.bundle;
