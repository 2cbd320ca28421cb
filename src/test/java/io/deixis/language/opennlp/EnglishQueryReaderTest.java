package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.language.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads {@code readings.tsv}, and what has to hold for any text at all. */
class EnglishQueryReaderTest {

  private static final Path READINGS = Path.of("src/test/resources/language/readings.tsv");

  /** How many lines are one test. */
  private static final int LINES = 40;

  private static final EnglishQueryReader READER =
      new EnglishQueryReader(new OpenNlpCaptionChunker());

  private static List<String[]> readings() throws IOException {
    List<String> lines = Files.readAllLines(READINGS);
    return lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .toList();
  }

  /** Some lines at once: a test of its own for each takes as long as all of them. */
  static Stream<Named<List<String[]>>> pages() throws IOException {
    List<String[]> lines = readings();
    return IntStream.range(0, (lines.size() + LINES - 1) / LINES)
        .mapToObj(page -> lines.subList(page * LINES, Math.min(lines.size(), (page + 1) * LINES)))
        .map(page -> Named.of("from \"%s\" on".formatted(page.get(0)[0]), page));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void readsWhatPeopleType(List<String[]> page) {
    assertThat(page)
        .allSatisfy(line -> assertThat(shown(READER.read(line[0]))).as(line[0]).isEqualTo(line[1]));
  }

  @Test
  void theTableIsLarge() throws IOException {
    assertThat(readings().stream().map(line -> line[0]).distinct().count())
        .isGreaterThanOrEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ",
        "dog ",
        "the dog and ",
        "the first dog and ",
        "x-",
        "x'",
        "1.",
        "the man's ",
        "which "
      })
  void longQueriesAreRead(String piece) {
    String query = piece.repeat(500 / piece.length());

    assertThat(READER.read(query)).isNotNull();
    assertThat(READER.read(query + query).form()).isEqualTo(Reading.Form.SENTENCE);
  }

  @Test
  void textsThatAreTooLongNameSeveralThings() {
    String longest = "a".repeat(500);

    assertThat(READER.read(longest).form()).isNotEqualTo(Reading.Form.SENTENCE);
    assertThat(READER.read(longest + "a").form()).isEqualTo(Reading.Form.SENTENCE);
    assertThat(READER.read("?! ")).isEqualTo(Reading.whole("?!"));
  }

  /** A phrase of which nothing more is said than what it names is matched as it was typed. */
  @ParameterizedTest
  @CsvSource({
    "' The Red Car', The Red Car",
    "The Dog on the LEFT, the dog on the left",
    "Two Dogs, two dogs",
    "Show me the Dog, the dog",
    "Where is the Dog?, the dog",
    "The wmoan, the woman"
  })
  void whatIsReadIsInPlainWords(String query, String text) {
    assertThat(READER.read(query).text()).isEqualTo(text);
  }

  @Test
  void aReaderLoadsItsWordsWhenItIsFirstAsked() {
    Reading reading =
        new EnglishQueryReader(new OpenNlpCaptionChunker()).read("the bigest bicicle");

    assertThat(reading.summary()).isEqualTo("bicycle; biggest");
    assertThat(reading.corrections())
        .containsExactly(
            new Reading.Correction("bigest", "biggest"),
            new Reading.Correction("bicicle", "bicycle"));
  }

  /** Each of these could be read in more ways than anybody could wait for. */
  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "with a one the blue ",
        "front not the ",
        "shirt the all at ",
        "the one except dog one ",
        "behind front that the dogs ",
        "second dogs on one a "
      })
  void whatCouldBeReadInTooManyWaysIsNotUnderstood(String piece) {
    Reading reading = READER.read("the dog " + piece.repeat(480 / piece.length()));

    assertThat(reading.understood()).isFalse();
    assertThat(reading.relations()).isEmpty();
  }

  private static String shown(Reading reading) {
    if (reading.form() == Reading.Form.SENTENCE) {
      return "sentence";
    }
    return (reading.understood() ? "" : "? ") + reading.summary();
  }
}
