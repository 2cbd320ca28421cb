package io.deixis.batch;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the whole number of an option, and refuses one out of its bounds. */
public abstract class WholeNumber implements ITypeConverter<Integer> {

  private final String kind;
  private final int least;
  private final int most;

  private WholeNumber(String kind, int least, int most) {
    this.kind = kind;
    this.least = least;
    this.most = most;
  }

  private WholeNumber(int least) {
    this("a whole number from %d on".formatted(least), least, Integer.MAX_VALUE);
  }

  @Override
  public Integer convert(String text) {
    String wanted = kind;
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return (int) number;
      }
      if (number > Integer.MAX_VALUE) {
        wanted = "a whole number of at most %d".formatted(most);
      }
    } catch (NumberFormatException notANumber) {
      // refused below
    }
    throw new TypeConversionException("%s, not '%s'".formatted(wanted, text));
  }

  /** Any. */
  public static final class Any extends WholeNumber {
    /** Made by the command line. */
    public Any() {
      super("a whole number", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  }

  /** A count that may be none. */
  public static final class From0 extends WholeNumber {
    /** Made by the command line. */
    public From0() {
      super(0);
    }
  }

  /** A count of at least one. */
  public static final class From1 extends WholeNumber {
    /** Made by the command line. */
    public From1() {
      super(1);
    }
  }

  /** A count of at least three. */
  public static final class From3 extends WholeNumber {
    /** Made by the command line. */
    public From3() {
      super(3);
    }
  }

  /** A port, 0 for any that is free. */
  public static final class Port extends WholeNumber {
    /** Made by the command line. */
    public Port() {
      super("a port is a whole number from 0 to 65535", 0, 65_535);
    }
  }
}
