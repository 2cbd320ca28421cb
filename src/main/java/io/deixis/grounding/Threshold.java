package io.deixis.grounding;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The calibrated score from which a box counts as found: a name that the model knows or a number.
 */
public sealed interface Threshold {

  /** The threshold tuned on validation for the best F1. */
  Threshold BEST = new Named(ModelDescription.BEST);

  /** A calibrated score of one half. */
  Threshold DEFAULT = new Named("default");

  /**
   * A threshold by name.
   *
   * @param name a key of {@link ModelDescription#thresholds()}
   */
  record Named(String name) implements Threshold {}

  /**
   * A threshold by value.
   *
   * @param value in [0, 1]
   */
  record Fixed(double value) implements Threshold {}

  /**
   * Reads a threshold as a request writes it: {@code best}, {@code default} or a number.
   *
   * @throws GroundingException with reason {@code OPTION_INVALID} if it is none of these
   */
  static Threshold parse(String text) {
    switch (text.strip()) {
      case "best":
        return BEST;
      case "default":
        return DEFAULT;
      default:
        break;
    }
    try {
      double value = decimal(text.strip()).doubleValue();
      if (value >= 0 && value <= 1) {
        return new Fixed(value);
      }
    } catch (NumberFormatException notANumber) {
      // answered below, as a number out of range is
    }
    throw new GroundingException(
        Refusal.Reason.OPTION_INVALID,
        "threshold",
        "The option \"threshold\" cannot be read",
        "use \"best\", \"default\" or a number from 0 to 1");
  }

  /**
   * Reads a number as requests write them: decimal, without the suffixes and the hexadecimal form
   * of Java.
   *
   * @throws NumberFormatException if it is none, or has more digits than any number needs
   */
  static BigDecimal decimal(String text) {
    if (text.length() > 40) {
      throw new NumberFormatException("A number of %d characters".formatted(text.length()));
    }
    return new BigDecimal(text);
  }

  /**
   * Returns this threshold as a score.
   *
   * @param named the thresholds that the model knows by name
   * @throws GroundingException with reason {@code OPTION_INVALID} if the name is not among them
   */
  default double resolve(Map<String, Double> named) {
    if (this instanceof Fixed fixed) {
      return fixed.value();
    }
    String name = ((Named) this).name();
    Double value = named.get(name);
    if (value == null) {
      throw new GroundingException(
          Refusal.Reason.OPTION_INVALID,
          "threshold",
          "The model has no threshold called \"" + name + "\"",
          "use one of " + named.keySet());
    }
    return value;
  }
}
