package io.deixis.batch;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --pos-weight} asks for.
 *
 * @param number the weight, or NaN to find it from the data
 */
record PositiveWeight(float number) {

  private static final String AUTO = "auto";

  boolean isAuto() {
    return Float.isNaN(number);
  }

  float or(float other) {
    return isAuto() ? other : number;
  }

  @Override
  public String toString() {
    return isAuto() ? AUTO : Float.toString(number);
  }

  /** Reads the option. */
  static final class Converter implements ITypeConverter<PositiveWeight> {

    @Override
    public PositiveWeight convert(String text) {
      if (text.equals(AUTO)) {
        return new PositiveWeight(Float.NaN);
      }
      try {
        float number = Float.parseFloat(text);
        if (number > 0 && Float.isFinite(number)) {
          return new PositiveWeight(number);
        }
      } catch (NumberFormatException notANumber) {
        // Refused below, as numbers out of range are.
      }
      throw new TypeConversionException("auto or a number above 0, not '%s'".formatted(text));
    }
  }
}
