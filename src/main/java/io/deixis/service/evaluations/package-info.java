/**
 * The evaluation viewer, {@code /evaluations}: image after image of an evaluation's report, truth
 * beside prediction.
 */
package io.deixis.service.evaluations;
