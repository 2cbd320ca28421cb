package io.deixis.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.LinkedHashMap;
import java.util.Map;

/** Moves numbers between tensors and memory, by name. */
final class Weights {

  private Weights() {}

  /** Returns copies of the tensors' numbers, in the map's order. */
  static Map<String, float[]> values(Map<String, NDArray> tensors) {
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    return values;
  }

  /**
   * Overwrites tensors in place.
   *
   * @param values numbers for each of the tensors
   * @throws IllegalArgumentException if a tensor has none, or fewer or more than its size
   */
  static void restore(Map<String, NDArray> tensors, Map<String, float[]> values) {
    tensors.forEach(
        (name, tensor) -> {
          float[] numbers = values.get(name);
          if (numbers == null || numbers.length != tensor.size()) {
            throw new IllegalArgumentException("There are not as many numbers as " + name + " has");
          }
          try (NDManager manager = tensor.getManager().newSubManager()) {
            // Seen without gradients the tensor may be written to; the storage is the same.
            NDArray storage = tensor.stopGradient();
            storage.attach(manager);
            storage.set(new NDIndex("..."), manager.create(numbers, tensor.getShape()));
          }
        });
  }
}
