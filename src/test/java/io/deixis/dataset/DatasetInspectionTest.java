package io.deixis.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.deixis.dataset.Defect.Severity;
import io.deixis.dataset.format.Flickr30kEntities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetInspectionTest {

  private static final String FLAWED =
      """
      <annotation>
        <size><width>100</width><height>100</height></size>
        <object>
          <name>1</name>
          <bndbox><xmin>far</xmin><ymin>2</ymin><xmax>50</xmax><ymax>60</ymax></bndbox>
        </object>
        <object>
          <name>1</name>
          <bndbox><xmin>20</xmin><ymin>2</ymin><xmax>10</xmax><ymax>60</ymax></bndbox>
        </object>
        <object>
          <name>1</name>
          <bndbox><ymin>2</ymin><xmax>10</xmax><ymax>60</ymax></bndbox>
        </object>
        <object><name>2</name></object>
        <object><scene>1</scene></object>
        <object>
          <name>3</name>
          <bndbox><xmin>5</xmin><ymin>2</ymin><xmax>5</xmax><ymax>160</ymax></bndbox>
        </object>
      </annotation>
      """;

  @TempDir Path folder;
  private Path annotation;
  private Path sentences;
  private GroundingDataset data;
  private DatasetInspection inspection;

  @BeforeEach
  void write() throws IOException {
    annotation = Files.createDirectories(folder.resolve("Annotations")).resolve("1.xml");
    sentences = Files.createDirectories(folder.resolve("Sentences")).resolve("1.txt");
    Files.writeString(annotation, FLAWED);
    Files.writeString(sentences, "[/EN#1/people A man] .\nA [/EN#1 man\n[x]\n");
    data = Flickr30kEntities.open(folder);
    inspection = new DatasetInspection(data);
  }

  @Test
  void goesOnBehindEveryDefect() {
    List<Defect> defects = data.defects("1");

    assertThat(defects)
        .extracting(Defect::severity, Defect::file, Defect::line)
        .containsExactly(
            tuple(Severity.ERROR, annotation, 5),
            tuple(Severity.ERROR, annotation, 9),
            tuple(Severity.ERROR, annotation, 13),
            tuple(Severity.WARNING, annotation, 15),
            tuple(Severity.WARNING, annotation, 16),
            tuple(Severity.WARNING, annotation, 19),
            tuple(Severity.WARNING, annotation, 19),
            tuple(Severity.ERROR, sentences, 2),
            tuple(Severity.ERROR, sentences, 3));
    assertThat(defects.get(0).text())
        .isEqualTo(annotation + ":5: xmin is not a whole number: 'far'");
    assertThat(defects.get(1).problem()).isEqualTo("a bndbox ends before it begins");
  }

  private static Tuple tuple(Severity severity, Path file, int line) {
    return Tuple.tuple(severity, file.toString(), line);
  }

  @Test
  void tellsWhereXmlBreaksOff() throws IOException {
    Files.writeString(annotation, "<annotation>\n  <size>\n  </siz>\n");
    Files.writeString(sentences, "A man .\n");

    assertThat(data.defects("1"))
        .singleElement()
        .satisfies(defect -> assertThat(defect.line()).isEqualTo(3))
        .satisfies(defect -> assertThat(defect.problem()).contains("size").doesNotContain("\n"));
  }

  @Test
  void tellsFilesThatAreMissingOrNoText() throws IOException {
    Files.delete(annotation);
    Files.write(sentences, new byte[] {'A', (byte) 0xff, '\n'});

    assertThat(data.defects("1"))
        .extracting(Defect::text)
        .containsExactly(
            annotation + ": the file is missing",
            sentences + ": the file cannot be read as UTF-8 text");
  }

  @Test
  void tellsImagesThatAreListedTwice() throws IOException {
    Path train = Files.writeString(folder.resolve("train.txt"), "1\n\n2\n1\n");
    Path val = Files.writeString(folder.resolve("val.txt"), "3\n2\n");

    Map<String, List<Defect>> defects = inspection.ofLists(List.of("train", "val"));
    assertThat(defects.get("train"))
        .extracting(Defect::text)
        .containsExactly(train + ":4: the image 1 is already in train.txt");
    assertThat(defects.get("val"))
        .extracting(Defect::text)
        .containsExactly(val + ":2: the image 2 is already in train.txt");
  }

  @Test
  void tellsImagesWithoutFile() throws IOException {
    Path val = Files.writeString(folder.resolve("val.txt"), "3\n2\n");
    Files.createDirectories(folder.resolve("images"));
    Files.write(folder.resolve("images/3.jpg"), new byte[] {1});

    assertThat(inspection.missingImages("val"))
        .extracting(Defect::file, Defect::line)
        .containsExactly(Tuple.tuple(val.toString(), 2));
  }

  @Test
  void warningsDoNotKeepAnImageFromBeingRead() throws IOException {
    Files.writeString(
        annotation,
        """
        <annotation><size><width>9</width><height>9</height></size><object><name>2</name></object>
        </annotation>
        """);
    Files.writeString(sentences, "A man .\n");

    assertThat(data.defects("1")).extracting(Defect::severity).containsOnly(Severity.WARNING);
    assertThatCode(() -> Flickr30kEntities.open(folder).read("1")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1   | 1  | 101 | 51 |
          0   | 1  | 10  | 10 | reaches out of the image of 100 x 50
          1   | 0  | 10  | 10 | reaches out of the image of 100 x 50
          1   | 1  | 102 | 51 | reaches out of the image of 100 x 50
          1   | 1  | 101 | 52 | reaches out of the image of 100 x 50
          5   | 5  | 5   | 10 | is empty
          5   | 5  | 10  | 5  | is empty
          6   | 5  | 5   | 10 | ends before it begins
          5   | 6  | 10  | 5  | ends before it begins
          """)
  void boxesAreMeasuredAgainstTheImage(int x1, int y1, int x2, int y2, String problem)
      throws IOException {
    assertThat(defects("<width>100</width><height>50</height>", x1, y1, x2, y2))
        .allSatisfy(defect -> assertThat(defect).contains(problem))
        .hasSize(problem == null ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<width>100</width>",
        "<height>100</height>",
        "<width>0</width><height>50</height>",
        "<width>100</width><height>0</height>",
        "<width>-1</width><height>50</height>"
      })
  void anImageHasASize(String size) throws IOException {
    assertThat(defects(size, 1, 1, 500, 500))
        .singleElement()
        .asString()
        .contains("no positive width and height");
  }

  @Test
  void theSmallestImageHasASize() throws IOException {
    assertThat(defects("<width>1</width><height>1</height>", 1, 1, 2, 2)).isEmpty();
  }

  /** Returns what is wrong with one box in an image. */
  private List<String> defects(String size, int x1, int y1, int x2, int y2) throws IOException {
    Files.writeString(
        annotation,
        """
        <annotation><size>%s</size><object><name>1</name><bndbox>
        <xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox></object></annotation>
        """
            .formatted(size, x1, y1, x2, y2));
    Files.writeString(sentences, "A man .\n");
    return data.defects("1").stream().map(Defect::problem).toList();
  }
}
