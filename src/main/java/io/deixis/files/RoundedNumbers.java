package io.deixis.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes numbers with a fixed number of decimals at most, so that the same document gives the same
 * bytes on every Java version.
 */
public final class RoundedNumbers extends StdSerializer<Double> {

  private static final long serialVersionUID = 1;

  private final int decimals;

  private RoundedNumbers(int decimals) {
    super(Double.class);
    this.decimals = decimals;
  }

  /** Returns the module of a mapper that writes all its numbers like this. */
  public static SimpleModule module(int decimals) {
    RoundedNumbers rounded = new RoundedNumbers(decimals);
    return new SimpleModule()
        .addSerializer(Double.class, rounded)
        .addSerializer(double.class, rounded);
  }

  /** Returns a number as it is written: {@code 0.5}, never {@code 0.500} or {@code 5E-1}. */
  public static String text(double value, int decimals) {
    return new BigDecimal(value)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Override
  public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeNumber(text(value, decimals));
  }
}
