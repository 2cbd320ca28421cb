package io.deixis.training.work;

import java.util.Map;

/**
 * Everything that a training needs to go on as if it had not been stopped. Random draws are not in
 * it: they follow from seed, epoch and step.
 *
 * @param epoch the epoch to go on with, counted from 0
 * @param batch the batch of that epoch to go on with, counted from 0
 * @param optimiserSteps steps that the optimiser has taken
 * @param tensors numbers by group (weights, moments, averages) and name
 * @param notes other facts by name
 */
public record Checkpoint(
    int epoch,
    int batch,
    int optimiserSteps,
    Map<String, Map<String, float[]>> tensors,
    Map<String, String> notes) {}
