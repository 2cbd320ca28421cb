package io.deixis.engine.published;

/**
 * Numbers that go into a graph or come out of one.
 *
 * @param shape the axes
 * @param floats row by row, or null if they are whole
 * @param longs row by row, or null if they are not
 */
public record Tensor(long[] shape, float[] floats, long[] longs) {

  /** Returns a tensor of floats. */
  public static Tensor of(float[] values, long... shape) {
    return new Tensor(shape, values, null);
  }

  /** Returns a tensor of whole numbers. */
  public static Tensor of(long[] values, long... shape) {
    return new Tensor(shape, null, values);
  }
}
