package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.VisualBackbone;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a graph that are trained, in two groups with learning rates of their own.
 *
 * @param backbone of backbone and map encoder, by name
 * @param decoder of what proposes regions, by name
 */
public record BackboneWeights(Map<String, NDArray> backbone, Map<String, NDArray> decoder) {

  /** Sorts a graph's weights as its description says, in the graph's order. */
  public static BackboneWeights of(VisualBackbone graph) {
    Map<String, NDArray> backbone = new LinkedHashMap<>();
    Map<String, NDArray> decoder = new LinkedHashMap<>();
    BackboneSpec.Weights rules = graph.spec().weights();
    graph
        .weights()
        .forEach(
            (name, weight) -> {
              if (rules.constant().stream().noneMatch(name::contains)) {
                boolean ofTrunk = rules.trunk().stream().anyMatch(name::startsWith);
                (ofTrunk ? backbone : decoder).put(name, weight);
              }
            });
    return new BackboneWeights(backbone, decoder);
  }
}
