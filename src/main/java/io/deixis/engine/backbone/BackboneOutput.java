package io.deixis.engine.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a backbone gives for a batch of B images with Q proposals each.
 *
 * @param boxes proposals [B, Q, 4], xyxy in normalised coordinates, not clamped
 * @param queries query vectors [B, Q, querySize], if the backbone has them
 * @param classLogits logits of object classes [B, Q, classes], to be read by sigmoid, if the
 *     backbone has them
 * @param entityLogits [B, Q, 1 + entityTypes]: objectness, then entity types, to be read by
 *     sigmoid, if the backbone has them
 * @param maps feature maps by name, [B, channels, height / stride, width / stride]
 */
public record BackboneOutput(
    NDArray boxes,
    Optional<NDArray> queries,
    Optional<NDArray> classLogits,
    Optional<NDArray> entityLogits,
    Map<String, NDArray> maps) {

  /**
   * Takes what a graph gives, as float32 whatever the precision of the pass.
   *
   * @throws IllegalArgumentException if it gives something else than described
   */
  static BackboneOutput of(BackboneSpec spec, NDList out) {
    int count = spec.outputs().size();
    if (out.size() != count) {
      throw new IllegalArgumentException(
          "it gives %d tensors, not %d".formatted(out.size(), count));
    }
    Map<String, NDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = spec.outputs().get(i);
      Shape given = out.get(i).getShape();
      Shape expected = shape(spec, name);
      if (!isOf(expected, given)) {
        throw new IllegalArgumentException(
            "its tensor %d, %s, is %s, not %s".formatted(i, name, given, expected));
      }
      named.put(name, out.get(i).toType(DataType.FLOAT32, false));
    }
    NDArray boxes = named.remove(BackboneSpec.BOXES);
    Optional<NDArray> queries = Optional.ofNullable(named.remove(BackboneSpec.QUERIES));
    Optional<NDArray> classes = Optional.ofNullable(named.remove(BackboneSpec.CLASSES));
    Optional<NDArray> entities = Optional.ofNullable(named.remove(BackboneSpec.ENTITIES));
    return new BackboneOutput(boxes, queries, classes, entities, named);
  }

  /** Returns what shape an output has; -1 stands for any number. */
  private static Shape shape(BackboneSpec spec, String output) {
    return switch (output) {
      case BackboneSpec.BOXES -> new Shape(-1, -1, 4);
      case BackboneSpec.CLASSES -> new Shape(-1, -1, spec.classes().size());
      case BackboneSpec.QUERIES -> new Shape(-1, -1, spec.querySize());
      case BackboneSpec.ENTITIES -> new Shape(-1, -1, 1L + spec.entityTypes().size());
      default -> {
        BackboneSpec.FeatureMap map = spec.maps().get(output);
        yield new Shape(
            -1, map.channels(), map.along(spec.input().height()), map.along(spec.input().width()));
      }
    };
  }

  private static boolean isOf(Shape expected, Shape given) {
    return expected.dimension() == given.dimension()
        && IntStream.range(0, given.dimension())
            .allMatch(i -> expected.get(i) == -1 || expected.get(i) == given.get(i));
  }

  /** Returns image {@code index} of the batch, the batch axis taken off. */
  public BackboneOutput image(long index) {
    NDIndex at = new NDIndex(index);
    Map<String, NDArray> ofImage = new LinkedHashMap<>();
    maps.forEach((name, map) -> ofImage.put(name, map.get(at)));
    return new BackboneOutput(
        boxes.get(at),
        queries.map(all -> all.get(at)),
        classLogits.map(all -> all.get(at)),
        entityLogits.map(all -> all.get(at)),
        ofImage);
  }
}
