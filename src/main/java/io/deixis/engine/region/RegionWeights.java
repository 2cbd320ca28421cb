package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneSpec;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What {@link RegionFeatures} needs besides the maps; fitted by training, by the names of {@link
 * RegionFeatures#shapes}.
 *
 * @param projections of each part of the appearance
 * @param words for each list of class names their vectors [C, size]
 */
public record RegionWeights(List<Projection> projections, List<NDArray> words) {

  /** Copies the lists. */
  public RegionWeights {
    projections = List.copyOf(projections);
    words = List.copyOf(words);
  }

  /**
   * Gathers weights.
   *
   * @param features tells which ones
   * @param tensor returns the weight of a name and shape
   */
  public static RegionWeights of(
      RegionFeatures features, BiFunction<String, Shape, NDArray> tensor) {
    BackboneSpec spec = features.backbone();
    return new RegionWeights(
        IntStream.range(0, spec.regions().size())
            .mapToObj(
                part ->
                    new Projection(
                        named(features, tensor, mean(part)), named(features, tensor, basis(part))))
            .toList(),
        spec.words().stream().map(words -> named(features, tensor, words(words))).toList());
  }

  private static NDArray named(
      RegionFeatures features, BiFunction<String, Shape, NDArray> tensor, String name) {
    return tensor.apply(name, features.shapes().get(name));
  }

  /** Returns the name of the mean of a part of the appearance, counted from 0. */
  public static String mean(int part) {
    return projection(part) + ".mean";
  }

  /** Returns the name of the basis of a part of the appearance, counted from 0. */
  public static String basis(int part) {
    return projection(part) + ".basis";
  }

  private static String projection(int part) {
    return part == 0 ? "projection" : "projection-" + (part + 1);
  }

  /** Returns the name of the vectors of class names. */
  public static String words(BackboneSpec.Words words) {
    return "words." + words.of();
  }
}
