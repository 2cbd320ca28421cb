package io.deixis.batch.training;

import io.deixis.grounding.Threshold;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.PositiveWeight;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How often the few positive pairs are drawn, and how much each counts, beside the many others. */
class PositivePairs {

  private static final String AUTO = "auto";

  @Option(
      names = "--pos-weight",
      paramLabel = "auto|NUMBER",
      converter = WeightConverter.class,
      description = {
        "What a positive pair weighs in the loss, a negative one weighing 1 (default: 4).",
        "auto: negatives over positives of a sample, as they are drawn, 20 at most."
      })
  PositiveWeight weight = HeadSettings.DEFAULTS.positiveWeight();

  @Option(
      names = "--oversample",
      paramLabel = "P:N",
      converter = RatioConverter.class,
      description = {
        "Draw the positive pairs of a batch again, each as often as the others, until there are P"
            + " of them for N negatives, such as 1:3; the positive rate tells what came of it.",
        "What each one weighs is --pos-weight's (default: every pair is drawn once)."
      })
  double positivesPerNegative = HeadSettings.DEFAULTS.oversampling();

  /** Reads {@code auto} and a number above 0. */
  static final class WeightConverter implements ITypeConverter<PositiveWeight> {

    @Override
    public PositiveWeight convert(String text) {
      if (text.equals(AUTO)) {
        return PositiveWeight.AUTO;
      }
      double number = above0(text);
      if (number > 0) {
        return new PositiveWeight((float) number);
      }
      throw new TypeConversionException("auto or a number above 0, not '%s'".formatted(text));
    }
  }

  /** Reads {@code 1:3} as a third. */
  static final class RatioConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
      String[] sides = text.split(":", -1);
      double ratio = sides.length == 2 ? above0(sides[0]) / above0(sides[1]) : Double.NaN;
      if (ratio > 0 && Double.isFinite(ratio)) {
        return ratio;
      }
      throw new TypeConversionException(
          "positives and negatives such as 1:3, both above 0, not '%s'".formatted(text));
    }
  }

  /** Returns the number, or NaN if it is none or not above 0. */
  private static double above0(String text) {
    try {
      double number = Threshold.decimal(text).doubleValue();
      return number > 0 && Double.isFinite(number) ? number : Double.NaN;
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }
}
