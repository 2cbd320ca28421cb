package io.deixis.batch;

import io.deixis.files.PrintableText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes for people. What it inserts into a format, such as the name of a file, is
 * one line of {@link PrintableText}, so that nothing in it does anything to the terminal. Documents
 * for machines go around this, as they are.
 */
public final class Terminal extends PrintWriter {

  private Terminal(PrintWriter stream) {
    super(stream, true);
  }

  /** Returns a command's standard output. */
  public static Terminal out(CommandSpec command) {
    return of(command.commandLine().getOut());
  }

  /** Returns a command's error stream. */
  public static Terminal err(CommandSpec command) {
    return of(command.commandLine().getErr());
  }

  /** Returns a stream that people read. */
  public static Terminal of(PrintWriter stream) {
    return new Terminal(stream);
  }

  @Override
  public PrintWriter format(String format, Object... values) {
    return super.format(format, printable(values));
  }

  @Override
  public PrintWriter format(Locale locale, String format, Object... values) {
    return super.format(locale, format, printable(values));
  }

  private static Object[] printable(Object... values) {
    return Stream.of(values)
        .map(
            value ->
                value instanceof Number || value == null
                    ? value
                    : PrintableText.line(value.toString()))
        .toArray();
  }

  @Override
  public void write(String text, int from, int length) {
    String printable = PrintableText.lines(text.substring(from, from + length));
    super.write(printable, 0, printable.length());
  }
}
