package io.deixis.files;

import java.util.regex.Pattern;

/**
 * Text that people read on a terminal or in a log. Names of files, words of a query and what stands
 * in foreign data may hold control characters, which would move the cursor, change colours or turn
 * the direction of letters; here they stand as they are written in Java and JSON, such as {@code
 * \u001b}.
 */
public final class PrintableText {

  /** Also the marks that turn the direction of what follows, and two more ends of lines. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern CONTROL_IN_LINE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069&&[^\\t\\n\\r]]");

  private PrintableText() {}

  /** Returns a text as one line. */
  public static String line(String text) {
    return replaced(CONTROL, text);
  }

  /** Returns a text whose line ends and tabs stay. */
  public static String lines(String text) {
    return replaced(CONTROL_IN_LINE, text);
  }

  private static String replaced(Pattern control, String text) {
    return control.matcher(text).replaceAll(found -> "\\\\" + escape(found.group().charAt(0)));
  }

  private static String escape(char control) {
    return switch (control) {
      case '\n' -> "n";
      case '\r' -> "r";
      case '\t' -> "t";
      default -> "u%04x".formatted((int) control);
    };
  }
}
