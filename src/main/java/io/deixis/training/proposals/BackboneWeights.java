package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.backbone.Backbone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a graph that are trained, in two groups with learning rates of their own.
 *
 * @param backbone of backbone and map encoder, by name
 * @param decoder of what proposes regions, by name
 */
public record BackboneWeights(Map<String, NDArray> backbone, Map<String, NDArray> decoder) {

  /** Constants of the graph that are stored like weights. */
  private static final List<String> CONSTANTS =
      List.of("Expand_output_0", "Mul_2371", "Identity_1215", "model_encoder_Constant_output_0");

  private static final String BACKBONE = "b.";

  /** Sorts a graph's weights, in the graph's order. */
  public static BackboneWeights of(Backbone graph) {
    Map<String, NDArray> backbone = new LinkedHashMap<>();
    Map<String, NDArray> decoder = new LinkedHashMap<>();
    graph
        .weights()
        .forEach(
            (name, weight) -> {
              if (CONSTANTS.stream().noneMatch(name::contains)) {
                (name.startsWith(BACKBONE) ? backbone : decoder).put(name, weight);
              }
            });
    return new BackboneWeights(backbone, decoder);
  }
}
