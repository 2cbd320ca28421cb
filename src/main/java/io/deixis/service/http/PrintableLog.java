package io.deixis.service.http;

import io.deixis.files.PrintableText;
import io.quarkus.logging.LoggingFilter;
import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Makes what is logged printable: names of files, and whatever else is foreign in a message or in
 * that of an exception, does nothing to a terminal and begins no line of its own.
 */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {

  private static final String OWN = "io.deixis.";

  /** Causes may go round. */
  private static final int MOST_CAUSES = 50;

  /** Lets every record pass. */
  @Override
  public boolean isLoggable(LogRecord record) {
    if (record instanceof ExtLogRecord log) {
      String said = log.getFormattedMessage();
      // Messages of libraries may have several lines.
      String printable =
          log.getLoggerName() != null && log.getLoggerName().startsWith(OWN)
              ? PrintableText.line(said)
              : PrintableText.lines(said);
      if (!printable.equals(said)) {
        log.setMessage(printable, ExtLogRecord.FormatStyle.NO_FORMAT);
      }
    }
    if (record.getThrown() != null && !isPrintable(record.getThrown())) {
      record.setThrown(new Printable(record.getThrown(), MOST_CAUSES));
    }
    return true;
  }

  private static boolean isPrintable(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .map(Throwable::toString)
        .allMatch(text -> PrintableText.lines(text).equals(text));
  }

  /** An exception as it was thrown, but for the control characters of its message. */
  private static final class Printable extends Throwable {

    private static final long serialVersionUID = 1;

    private final String text;

    /** Takes an exception with at most so many of its causes. */
    Printable(Throwable thrown, int causes) {
      super(
          null,
          thrown.getCause() == null || causes == 0
              ? null
              : new Printable(thrown.getCause(), causes - 1));
      this.text = PrintableText.lines(thrown.toString());
      setStackTrace(thrown.getStackTrace());
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
