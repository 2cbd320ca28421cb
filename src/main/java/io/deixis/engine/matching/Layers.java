package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;

/** The layers that matchers are made of, with weights by name. */
final class Layers {

  private static final float EPSILON = 1e-5f;

  private Layers() {}

  /** Adds the shapes of a tower of two layers to {@code shapes}. */
  static void tower(Map<String, Shape> shapes, String name, long input, long hidden, long width) {
    shapes.put(name + ".hidden.weight", new Shape(hidden, input));
    shapes.put(name + ".hidden.bias", new Shape(hidden));
    shapes.put(name + ".out.weight", new Shape(width, hidden));
    shapes.put(name + ".out.bias", new Shape(width));
    shapes.put(name + ".norm.weight", new Shape(width));
    shapes.put(name + ".norm.bias", new Shape(width));
  }

  /** Leads inputs [M, input] through a tower: [M, width]. */
  static NDArray tower(Map<String, NDArray> weights, String name, NDArray input, float dropout) {
    NDArray hidden = hidden(weights, name + ".hidden", input, dropout);
    NDArray out = dense(weights, name + ".out", dropped(hidden, dropout));
    NDArray scale = weights.get(name + ".norm.weight");
    return LayerNorm.layerNorm(
            out, scale.getShape(), scale, weights.get(name + ".norm.bias"), EPSILON)
        .singletonOrThrow();
  }

  /** A linear layer with GELU behind it, and dropout before. */
  static NDArray hidden(Map<String, NDArray> weights, String name, NDArray input, float dropout) {
    return Activation.gelu(dense(weights, name, dropped(input, dropout)));
  }

  private static NDArray dense(Map<String, NDArray> weights, String name, NDArray input) {
    return Linear.linear(input, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }

  private static NDArray dropped(NDArray input, float rate) {
    return rate > 0 ? Dropout.dropout(input, rate, true).singletonOrThrow() : input;
  }

  /** Draws weights uniformly in ±1/sqrt(inputs), as PyTorch does. */
  static NDArray uniform(NDManager manager, Shape shape, long inputs) {
    float bound = (float) (1 / Math.sqrt(inputs));
    return manager.randomUniform(-bound, bound, shape);
  }
}
