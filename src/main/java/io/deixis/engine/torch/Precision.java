package io.deixis.engine.torch;

/** Numbers in which the engine computes convolutions and matrix products. */
public enum Precision {
  /** Single precision, throughout. */
  FLOAT32(6),
  /** IEEE half precision. */
  FLOAT16(5),
  /** The range of single precision with eight bits of mantissa. */
  BFLOAT16(15);

  private final byte scalarType;

  Precision(int scalarType) {
    this.scalarType = (byte) scalarType;
  }

  /** Returns the number that libtorch's {@code c10::ScalarType} has for it. */
  byte scalarType() {
    return scalarType;
  }
}
