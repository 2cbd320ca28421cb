package io.deixis.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.Defect.Severity;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SplitList;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of a folder are its splits, and what is read of them. */
class SplitFileDatasetTest {

  /** Two captions of one photo, in lines 3 and 4. */
  private static final String LINES =
      """


      {"file_name": "NAME.jpg", "width": 100, "height": 50, "detection": {"instances": [{"bbox": [1, 2, 30, 40], "category": "Cat"}]}}
      {"file_name": "NAME.jpg", "width": 100, "height": 50, "grounding": {"caption": " a  cat", "regions": [{"bbox": [1, 2, 300, 40], "tokens_positive": [[0, 7]]}, {"bbox": [[1, 2, 300, 40], [5, 5, 9, 9]], "tokens_positive": [[1, 7]]}]}}
      """;

  @TempDir Path folder;

  private Path write(String file, String image) throws IOException {
    return Files.writeString(folder.resolve(file), LINES.replace("NAME", image));
  }

  @Test
  void filesOfTheFormatAreSplits() throws IOException {
    write("a.json", "1");
    write("my_train.jsonl", "2");
    write("old.json.bak", "3");
    write("notes.xml", "4");
    Files.writeString(
        folder.resolve("dataset.json"), "{\"name\": \"cats\", \"filename\": 1, \"detection\": 1}");
    GroundingDataset data = DatasetFormat.open(folder, null);

    assertThat(data.splits()).containsExactly("train", "a");
    assertThat(data.card().name()).isEqualTo("cats");
  }

  @Test
  void aWordThatSeveralFilesHaveNamesNone() throws IOException {
    write("a_val.json", "1");
    write("b_val.json", "2");
    write("b_test_val.json", "3");
    write("test_train.json", "4");

    assertThat(DatasetFormat.open(folder).splits())
        .containsExactly("train", "a_val", "b_test_val", "b_val");
  }

  @Test
  void whatIsSaidOfAnImageIsGathered() throws IOException {
    Path file = write("val.json", "1");
    GroundingDataset data = DatasetFormat.open(file);
    Box cat = new Box(1, 2, 300, 40);

    AnnotatedImage image = data.read("1");
    assertThat(image.sentences().get(1).phrases())
        .containsExactly(new EntityPhrase("2", List.of("object"), "a  cat", 1));
    assertThat(image.boxesOf(image.sentences().get(1).phrases().get(0)))
        .containsExactly(cat, new Box(5, 5, 9, 9));
    assertThat(data.list("val").entries()).containsExactly(new SplitList.Entry("1", 3));
    assertThat(data.annotationFiles("1")).containsExactly(file);
    assertThat(data.defects("1")).extracting(Defect::severity).containsOnly(Severity.WARNING);
  }

  @Test
  void aFileWithoutANameBeforeItsExtensionIsAnImageToo() throws IOException {
    assertThat(DatasetFormat.open(write("val.json", "")).split("val")).containsExactly("_.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[7, 8]", "[2, 3]", "[1, 3]"})
  void aSpanHoldsMoreThanSpaces(String span) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("val.json"),
            LINES.replace("\" a  cat\"", "\"a   cat \"").replace("[0, 7]", span));

    assertThat(DatasetFormat.open(file).defects("NAME"))
        .extracting(Defect::problem)
        .contains("a span of the caption holds nothing but spaces");
  }

  @Test
  void oneOfTheFirstTwentyFieldsTellsTheFormat() throws IOException {
    String coco = "FIELDS \"images\": [], \"annotations\": []}";
    Path file = folder.resolve("val.json");

    Files.writeString(file, coco.replace("FIELDS", fields(19)));
    assertThat(DatasetFormat.open(file).split("val")).isEmpty();
    Files.writeString(file, coco.replace("FIELDS", fields(20)));
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> DatasetFormat.open(file))
        .withMessageContainingAll(
            "no data set of a known format", "(flickr30k); or COCO", "(odvg)", "(phrases).");
  }

  private static String fields(int count) {
    StringBuilder fields = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      fields.append("\"field%d\": [%d], ".formatted(i, i));
    }
    return fields.toString();
  }

  @Test
  void everyFormatHasAName() {
    assertThat(
            List.of(
                Flickr30kEntities.format(),
                CocoReferring.format(),
                OdvgLines.format(),
                PhraseList.format()))
        .extracting(DatasetFormat::name)
        .containsExactly("flickr30k", "coco", "odvg", "phrases")
        .containsExactlyElementsOf(DatasetFormat.ALL.stream().map(DatasetFormat::name).toList());
  }
}
