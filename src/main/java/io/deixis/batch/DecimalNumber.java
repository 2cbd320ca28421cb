package io.deixis.batch;

import io.deixis.grounding.Threshold;
import java.util.function.DoublePredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the number of an option as requests do, without the suffixes and the hexadecimal form of
 * Java, and refuses one out of its bounds.
 */
public abstract class DecimalNumber implements ITypeConverter<Double> {

  private final String kind;
  private final DoublePredicate within;

  private DecimalNumber(String kind, DoublePredicate within) {
    this.kind = kind;
    this.within = within;
  }

  @Override
  public Double convert(String text) {
    try {
      double number = Threshold.decimal(text).doubleValue();
      if (Double.isFinite(number) && within.test(number)) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // refused below
    }
    throw new TypeConversionException("%s, not '%s'".formatted(kind, text));
  }

  /** Any number. */
  public static final class Any extends DecimalNumber {
    /** Made by the command line. */
    public Any() {
      super("a number", number -> true);
    }
  }

  /** A rate. */
  public static final class Above0 extends DecimalNumber {
    /** Made by the command line. */
    public Above0() {
      super("a number above 0", number -> number > 0);
    }
  }

  /** A share of something of which a part must stay. */
  public static final class ShareBelow1 extends DecimalNumber {
    /** Made by the command line. */
    public ShareBelow1() {
      super("a number from 0 to below 1", number -> number >= 0 && number < 1);
    }
  }

  /** A share that may be all. */
  public static final class Share extends DecimalNumber {
    /** Made by the command line. */
    public Share() {
      super("a number from 0 to 1", number -> number >= 0 && number <= 1);
    }
  }

  /** Frames of a second. */
  public static final class FrameRate extends DecimalNumber {
    /** Made by the command line. */
    public FrameRate() {
      super("a number above 0, at most 1000", number -> number > 0 && number <= 1000);
    }
  }
}
