package io.deixis.evaluation.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deixis.dataset.DatasetException;
import io.deixis.evaluation.PhrasePrediction;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionsFileTest {

  private static final PhrasePrediction FIRST =
      new PhrasePrediction(
          "36979",
          0,
          "12",
          List.of("people", "other"),
          "A \"man\"",
          4,
          List.of(new Box(100, 0, 200.25, 300), new Box(0, 1, 2, 3)),
          List.of(0.75, 0.000001));

  private static final PhrasePrediction EMPTY =
      new PhrasePrediction("1", 4, "3", List.of("scene"), "sky", 0, List.of(), List.of());

  @TempDir Path directory;

  @Test
  void writesOnePredictionALine() throws IOException {
    Path file = directory.resolve("p.json");

    PredictionsFile.write(file, List.of(FIRST, EMPTY));

    assertThat(file)
        .hasContent(
            """
            [
            {"image":"36979","sentence":0,"chain":"12","types":["people","other"],\
            "phrase":"A \\"man\\"","first_char":4,"boxes":[[100,0,200.25,300],[0,1,2,3]],\
            "scores":[0.75,0.000001]},
            {"image":"1","sentence":4,"chain":"3","types":["scene"],\
            "phrase":"sky","first_char":0,"boxes":[],"scores":[]}
            ]
            """);
  }

  @Test
  void readsWhatItWrote() {
    Path file = directory.resolve("p.json");
    PredictionsFile.write(file, List.of(FIRST, EMPTY));

    assertThat(PredictionsFile.read(file)).containsExactly(FIRST, EMPTY);
    PredictionsFile.write(file, List.of());
    assertThat(PredictionsFile.read(file)).isEmpty();
  }

  @Test
  void roundsToAFixedNumberOfDecimals() {
    Path file = directory.resolve("p.json");
    PhrasePrediction fine =
        new PhrasePrediction(
            "1",
            0,
            "3",
            List.of("scene"),
            "sky",
            0,
            List.of(new Box(0.001, 0.123456, 1.0 / 3, 2)),
            List.of(2.0 / 3));

    PredictionsFile.write(file, List.of(fine));

    PhrasePrediction read = PredictionsFile.read(file).get(0);
    assertThat(read.boxes()).containsExactly(new Box(0, 0.12, 0.33, 2));
    assertThat(read.scores()).containsExactly(0.666667);
  }

  @Test
  void passesOverOtherFields() throws IOException {
    Path file = directory.resolve("p.json");
    PredictionsFile.write(file, List.of(EMPTY));
    Files.writeString(
        file, Files.readString(file).replace("\"sentence\"", "\"note\": {\"a\": 1}, \"sentence\""));

    assertThat(PredictionsFile.read(file)).containsExactly(EMPTY);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path file = directory.resolve("p.json");

    assertFails(file, "is missing");
    PredictionsFile.write(file, List.of(FIRST, EMPTY));
    String good = Files.readString(file);
    Files.writeString(file, good.replace("[0,1,2,3]", "[0,1,2]"));
    assertFails(file, "object 1 cannot be read (a box is no list of four numbers)");
    Files.writeString(file, good.replace("\"first_char\":0,", ""));
    assertFails(file, "object 2 cannot be read");
    Files.writeString(file, good.replace("\"scores\":[]", "\"scores\":[1]"));
    assertFails(file, "one score for every box, not 1 for 0");
    Files.writeString(file, good.substring(0, good.length() / 2));
    assertFails(file, "is not a list of predictions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[0,1,2,3] | null | object 1 cannot be read (a box is no list of four numbers)",
        "[0,1,2,3] | [0,null,2,3] | a box is no list of four numbers",
        "[0,1,2,3] | [0,1,\"2\",3] | a box is no list of four numbers",
        "[0,1,2,3] | [0,1,1e999,3] | a box is no list of four numbers",
        "0.000001] | null] | scores is no list of numbers",
        "[\"scene\"] | [null] | object 2 cannot be read (types is no list of texts)",
        "\"sentence\":0 | \"sentence\":1.5 | sentence is no whole number of at least 0",
        "\"sentence\":0 | \"sentence\":0,\"sentence\":1 | the field 'sentence' is there twice",
      })
  void namesTheFieldThatIsWrong(String sound, String wrong, String message) throws IOException {
    Path file = directory.resolve("p.json");
    PredictionsFile.write(file, List.of(FIRST, EMPTY));
    String good = Files.readString(file);
    assertThat(good).contains(sound);
    Files.writeString(file, good.replace(sound, wrong));

    assertFails(file, message);
  }

  @Test
  void refusesWhatFollowsTheList() throws IOException {
    Path file = directory.resolve("p.json");
    PredictionsFile.write(file, List.of(FIRST, EMPTY));
    String good = Files.readString(file);

    Files.writeString(file, good + good);
    assertFails(file, "something follows the list");
    Files.writeString(file, good + "rubbish");
    assertFails(file, "is not a list of predictions");
    Files.writeString(file, "null");
    assertFails(file, "does not begin with a list");
    Files.writeString(file, "\uFEFF" + good);
    assertThat(PredictionsFile.read(file)).containsExactly(FIRST, EMPTY);
  }

  private static void assertFails(Path file, String message) {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> PredictionsFile.read(file))
        .withMessageContaining(message);
  }
}
