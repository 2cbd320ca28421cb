package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.language.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads {@code readings.tsv}, and what has to hold for any text at all. */
class EnglishQueryReaderTest {

  private static final Path READINGS = Path.of("src/test/resources/language/readings.tsv");

  private static final EnglishQueryReader READER =
      new EnglishQueryReader(new OpenNlpCaptionChunker());

  static Stream<String[]> readings() throws IOException {
    List<String> lines = Files.readAllLines(READINGS);
    return lines.stream().filter(line -> !line.startsWith("#")).map(line -> line.split("\t"));
  }

  /** All lines at once: a test of its own for each takes as long as all of them. */
  @Test
  void readsWhatPeopleType() throws IOException {
    assertThat(readings())
        .allSatisfy(line -> assertThat(shown(READER.read(line[0]))).as(line[0]).isEqualTo(line[1]));
  }

  @Test
  void theTableIsLarge() throws IOException {
    assertThat(readings().map(line -> line[0]).distinct().count()).isGreaterThanOrEqualTo(300);
  }

  private static String shown(Reading reading) {
    if (reading.form() == Reading.Form.SENTENCE) {
      return "sentence";
    }
    return (reading.understood() ? "" : "? ") + reading.summary();
  }
}
