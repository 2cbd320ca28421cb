package io.deixis.engine.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the backbone gives for a batch of B images and Q queries.
 *
 * @param boxes query boxes [B, Q, 4], xyxy in units of the image's sides, not clamped
 * @param classLogits logits of 80 everyday object classes [B, Q, 80], to be read by sigmoid
 * @param queries query vectors [B, Q, 96]
 * @param f8 backbone map of stride 8 [B, 256, 52, 52]
 * @param f16 backbone map of stride 16 [B, 512, 26, 26]
 * @param p16 encoder map of stride 16 [B, 96, 26, 26]
 * @param p32 encoder map of stride 32 [B, 96, 13, 13]
 * @param entityLogits [B, Q, 9]: objectness, then the eight entity types, to be read by sigmoid
 */
public record FeatureMaps(
    NDArray boxes,
    NDArray classLogits,
    NDArray queries,
    NDArray f8,
    NDArray f16,
    NDArray p16,
    NDArray p32,
    NDArray entityLogits) {

  /** What a graph gives, in order; -1 stands for any number. */
  private static final List<Shape> OUTPUTS =
      List.of(
          new Shape(-1, -1, 4),
          new Shape(-1, -1, 80),
          new Shape(-1, -1, 96),
          new Shape(-1, 256, 52, 52),
          new Shape(-1, 512, 26, 26),
          new Shape(-1, 96, 26, 26),
          new Shape(-1, 96, 13, 13),
          new Shape(-1, -1, 9));

  /**
   * Takes what a graph gives, as float32 whatever the precision of the pass.
   *
   * @throws IllegalArgumentException if it gives something else
   */
  static FeatureMaps of(NDList out) {
    if (out.size() != OUTPUTS.size()) {
      throw new IllegalArgumentException(
          "it gives %d tensors, not %d".formatted(out.size(), OUTPUTS.size()));
    }
    for (int i = 0; i < OUTPUTS.size(); i++) {
      Shape given = out.get(i).getShape();
      if (!isOf(OUTPUTS.get(i), given)) {
        throw new IllegalArgumentException(
            "its tensor %d is %s, not %s".formatted(i, given, OUTPUTS.get(i)));
      }
    }
    return new FeatureMaps(
        single(out.get(0)),
        single(out.get(1)),
        single(out.get(2)),
        single(out.get(3)),
        single(out.get(4)),
        single(out.get(5)),
        single(out.get(6)),
        single(out.get(7)));
  }

  private static NDArray single(NDArray tensor) {
    return tensor.toType(DataType.FLOAT32, false);
  }

  private static boolean isOf(Shape expected, Shape given) {
    return expected.dimension() == given.dimension()
        && IntStream.range(0, given.dimension())
            .allMatch(i -> expected.get(i) == -1 || expected.get(i) == given.get(i));
  }

  /** Returns image {@code index} of the batch, the batch axis taken off. */
  public FeatureMaps image(long index) {
    NDIndex at = new NDIndex(index);
    return new FeatureMaps(
        boxes.get(at),
        classLogits.get(at),
        queries.get(at),
        f8.get(at),
        f16.get(at),
        p16.get(at),
        p32.get(at),
        entityLogits.get(at));
  }
}
