package io.deixis.evaluation.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.evaluation.Cases;
import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.PhraseCase;
import io.deixis.geometry.Box;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersIndexTest {

  private static final int IMAGES = 40;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve(AnswersFile.NAME);
    List<PhraseCase> answers = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      answers.add(answer("image" + image, 0, "Größe " + image, List.of(Cases.TRUTH)));
      answers.add(answer("image" + image, 2, "two hats", List.of(Cases.TRUTH, Cases.ELSEWHERE)));
    }
    AnswersFile.write(file, answers, Calibration.IDENTITY);
  }

  @Test
  void findsEveryImageAndReadsItAlone() {
    AnswersIndex index = AnswersIndex.open(file);

    assertThat(index.entries()).hasSize(IMAGES);
    AnsweredImage last = index.read(index.find("image39").orElseThrow());
    assertThat(last.image()).isEqualTo("image39");
    assertThat(last.captions())
        .containsExactly(
            new AnsweredImage.AnsweredCaption(0, "Here is Größe 39."),
            new AnsweredImage.AnsweredCaption(2, "Here is two hats."));
    AnsweredPhrase phrase = last.phrases().get(0);
    assertThat(phrase.phrase()).isEqualTo("Größe 39");
    assertThat(phrase.truth()).containsExactly(Cases.TRUTH);
    assertThat(phrase.boxes()).containsExactly(Cases.LOOSE);
    assertThat(phrase.scores()).containsExactly(0.5);
    assertThat(phrase.iou()).isEqualTo(0.3333);
    assertThat(phrase.outcome()).isEqualTo(Outcome.LOOSE_BOX);
    assertThat(index.find("../image1")).isEmpty();
  }

  @Test
  void summariesTellWhatFiltersLookAt() {
    AnswersIndex index = AnswersIndex.open(file);

    assertThat(index.find("image7").orElseThrow().phrases())
        .containsExactly(
            new AnswersIndex.PhraseSummary(
                List.of("people"), Outcome.LOOSE_BOX, false, 0.3333, 0.5),
            new AnswersIndex.PhraseSummary(
                List.of("people"), Outcome.LOOSE_BOX, true, 0.3333, 0.5));
    assertThat(index.types()).containsEntry("people", 2 * IMAGES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "",
        "\u0000",
        "{\"image\": \"5\"",
        "{\"image\": \"5\"}",
        "{\"image\": \"x\\u0000y\", \"width\": 9, \"height\": 9, \"captions\": [], \"phrases\":"
            + " []}",
        "{\"image\": \"../5\", \"width\": 9, \"height\": 9, \"captions\": [], \"phrases\": []}",
        "{\"image\": \"5\", \"width\": 9, \"height\": 9, \"captions\": [], \"phrases\": [null]}",
        "{\"image\": \"5\", \"width\": 9, \"height\": 9, \"captions\": [null], \"phrases\": []}",
        "{\"image\": \"5\", \"width\": null, \"height\": 9, \"captions\": [], \"phrases\": []}"
      })
  void aLineThatIsNoAnswerIsToldInPlainWords(String line) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(5, line);
    Files.write(file, lines);

    assertThatThrownBy(() -> AnswersIndex.open(file))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "Line 6 of %s is no answer to an image; evaluate again to write it anew.", file);
  }

  private static PhraseCase answer(String image, int sentence, String text, List<Box> truth) {
    return new PhraseCase(
        new GroundTruth(image, sentence, new EntityPhrase("1", List.of("people"), text, 8), truth),
        "Here is " + text + ".",
        100,
        100,
        List.of(Cases.LOOSE),
        List.of(0.0),
        0,
        false,
        true);
  }
}
