package io.deixis.grounding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.deixis.geometry.Box;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as documents have them, with no more decimals than they are worth. */
public final class Rounded {

  /** Decimals of box edges, in pixels. */
  private static final int EDGE_DECIMALS = 1;

  /** Decimals of scores and thresholds. */
  private static final int SCORE_DECIMALS = 4;

  /** Decimals of milliseconds. */
  private static final int TIME_DECIMALS = 2;

  private Rounded() {}

  /** Returns a score or threshold with the decimals of documents. */
  public static double score(double score) {
    return rounded(score, SCORE_DECIMALS);
  }

  /** Returns a length in pixels with the decimals of documents. */
  public static double pixels(double pixels) {
    return rounded(pixels, EDGE_DECIMALS);
  }

  private static double rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** Writes a box as its four edges. */
  @RegisterForReflection
  static final class Edges extends JsonSerializer<Box> {
    @Override
    public void serialize(Box box, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      for (double edge : new double[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
        json.writeNumber(pixels(edge));
      }
      json.writeEndArray();
    }
  }

  /** Writes a score or threshold. */
  @RegisterForReflection
  static final class Score extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(score(value));
    }
  }

  /** Writes milliseconds. */
  @RegisterForReflection
  static final class Milliseconds extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(rounded(value, TIME_DECIMALS));
    }
  }
}
