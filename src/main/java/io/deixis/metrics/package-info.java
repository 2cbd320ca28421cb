/** Measures of the field: numbers in, numbers out; no data sets, no models. */
package io.deixis.metrics;
