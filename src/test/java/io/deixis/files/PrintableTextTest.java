package io.deixis.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {

  @ParameterizedTest
  @ValueSource(
      ints = {0, 7, 8, 0xb, 0xc, 0x1b, 0x7f, 0x80, 0x9b, 0x9f, 0x2028, 0x202a, 0x202e, 0x2069})
  void whatControlsATerminalIsWrittenOut(int control) {
    String text = "a" + (char) control + "[31mb";
    String escaped = "a\\u%04x[31mb".formatted(control);

    assertThat(PrintableText.line(text)).isEqualTo(escaped);
    assertThat(PrintableText.lines(text)).isEqualTo(escaped);
  }

  @ParameterizedTest
  @CsvSource({"'a\nb',a\\nb", "'a\r\nb',a\\r\\nb", "'a\tb',a\\tb"})
  void lineEndsStayWhereTheyAreMeant(String text, String line) {
    assertThat(PrintableText.lines(text)).isEqualTo(text);
    assertThat(PrintableText.line(text)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a dog", "Größe 日本 🐕 e\u0301", "C:\\photos\\new", "שלום $1"})
  void whatPeopleWriteStays(String text) {
    assertThat(PrintableText.line(text)).isEqualTo(text);
    assertThat(PrintableText.lines(text)).isEqualTo(text);
  }
}
