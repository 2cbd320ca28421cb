package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * Weights that are trained with the same settings.
 *
 * @param weights by name; each records gradients
 * @param rate their share of the step's learning rate
 * @param decay decoupled weight decay; given to matrices, never to vectors
 * @param kept whether the stage leaves them; others are for training alone
 */
public record WeightGroup(Map<String, NDArray> weights, float rate, float decay, boolean kept) {}
