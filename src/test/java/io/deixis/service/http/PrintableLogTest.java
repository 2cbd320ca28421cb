package io.deixis.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableLogTest {

  private static final String RED = "\u001b[31m";

  private static ExtLogRecord filtered(String logger, String message, Throwable thrown) {
    ExtLogRecord log = new ExtLogRecord(Level.WARN, message, PrintableLogTest.class.getName());
    log.setLoggerName(logger);
    log.setThrown(thrown);
    assertThat(new PrintableLog().isLoggable(log)).isTrue();
    return log;
  }

  @ParameterizedTest
  @CsvSource({
    "io.deixis.engine.X, 'a\\n\\u001b[31mb 100 %'",
    "com.example.X, 'a\n\\u001b[31mb 100 %'"
  })
  void messagesAreWrittenOut(String logger, String expected) {
    ExtLogRecord log = filtered(logger, "a\n" + RED + "b 100 %", null);

    assertThat(log.getFormattedMessage()).isEqualTo(expected);
  }

  @Test
  void messagesOfExceptionsAreToo() {
    Throwable thrown =
        new IllegalStateException("outer", new IOException("photos/" + RED + "x.jpg"));
    StringWriter text = new StringWriter();
    filtered("io.deixis.X", "failed", thrown).getThrown().printStackTrace(new PrintWriter(text));

    assertThat(text.toString())
        .contains(
            "java.lang.IllegalStateException: outer",
            "Caused by: java.io.IOException: photos/\\u001b[31mx.jpg",
            "at " + PrintableLogTest.class.getName())
        .doesNotContain("\u001b");
  }

  @Test
  void whatIsPrintableStaysAsItIs() {
    Throwable thrown = new IOException("photo.jpg");
    ExtLogRecord log = filtered("io.deixis.X", "Größe 日本", thrown);

    assertThat(log.getMessage()).isEqualTo("Größe 日本");
    assertThat(log.getThrown()).isSameAs(thrown);
  }
}
