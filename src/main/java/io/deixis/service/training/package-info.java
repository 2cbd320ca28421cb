/** Trainings as they go, and beside each other: {@code /training}. */
package io.deixis.service.training;
