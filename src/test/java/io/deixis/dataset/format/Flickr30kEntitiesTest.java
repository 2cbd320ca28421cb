package io.deixis.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Flickr30kEntitiesTest {

  private static final String ANNOTATION =
      """
      <annotation>
        <filename>1.jpg</filename>
        <size><width>500</width><height>375</height><depth>3</depth></size>
        <object>
          <name>12</name><name>13</name>
          <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>500</xmax><ymax>375</ymax></bndbox>
        </object>
        <object>
          <name>12</name>
          <bndbox><xmin>11</xmin><ymin>21</ymin><xmax>31</xmax><ymax>41</ymax></bndbox>
        </object>
        <object><name>14</name><scene>1</scene><nobndbox>0</nobndbox></object>
        <object><name>15</name><scene>0</scene><nobndbox>1</nobndbox></object>
        <object><name>16</name><scene>1</scene><nobndbox>1</nobndbox></object>
      </annotation>
      """;

  @TempDir Path directory;

  @BeforeEach
  void writeOneImage() throws IOException {
    Files.createDirectories(directory.resolve("Annotations"));
    Files.createDirectories(directory.resolve("Sentences"));
    Files.writeString(directory.resolve("Annotations/1.xml"), ANNOTATION);
    Files.writeString(
        directory.resolve("Sentences/1.txt"),
        "[/EN#12/people Men] in [/EN#14/scene a park] .\r\n[/EN#0/notvisual It] rains .\n");
    Files.writeString(directory.resolve("val.txt"), "2\r\n\n1\n");
  }

  @Test
  void readsBoxesByChainFromZero() {
    AnnotatedImage image = Flickr30kEntities.open(directory).read("1");

    Box whole = new Box(0, 1, 499, 374);
    assertThat(image.boxes()).containsOnlyKeys("12", "13");
    assertThat(image.boxes().get("12")).containsExactly(whole, new Box(10, 20, 30, 40));
    assertThat(image.boxes().get("13")).containsExactly(whole);
  }

  @Test
  void readsSizeAndFlags() {
    AnnotatedImage image = Flickr30kEntities.open(directory).read("1");

    assertThat(image.width()).isEqualTo(500);
    assertThat(image.height()).isEqualTo(375);
    assertThat(image.scenes()).containsExactly("14", "16");
    assertThat(image.withoutBox()).containsExactly("15", "16");
  }

  @Test
  void readsSentencesInFileOrder() {
    AnnotatedImage image = Flickr30kEntities.open(directory).read("1");

    assertThat(image.sentences())
        .extracting(EntitySentence::text)
        .containsExactly("Men in a park .", "It rains .");
    assertThat(image.boxesOf(image.sentences().get(0).phrases().get(0))).hasSize(2);
    assertThat(image.boxesOf(image.sentences().get(0).phrases().get(1))).isEmpty();
  }

  @Test
  void readsASplitInFileOrder() {
    assertThat(Flickr30kEntities.open(directory).split("val")).containsExactly("2", "1");
  }

  @Test
  void findsTheImageFile() {
    assertThat(Flickr30kEntities.open(directory).image("1"))
        .isEqualTo(directory.resolve("images/1.jpg"));
  }

  @Test
  void saysWhichFileIsMissing() {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);

    assertFails(() -> Flickr30kEntities.open(directory.resolve("no")), "no/Annotations is missing");
    assertFails(() -> dataset.split("test"), "test.txt is missing");
    assertFails(() -> dataset.read("2"), "Annotations/2.xml is missing");
  }

  @Test
  void refusesAnIdThatLeadsOutOfTheFolder() {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);

    for (String id : List.of("../1", "/etc/passwd", "a/b", "..", "")) {
      assertFails(() -> dataset.image(id), "is not a name in this dataset");
    }
  }

  @Test
  void namesTheFileThatIsBroken() throws IOException {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);
    Path annotation = directory.resolve("Annotations/1.xml");

    Files.writeString(annotation, ANNOTATION.substring(0, 200));
    assertFails(() -> dataset.read("1"), "Annotations/1.xml cannot be read as annotations");
    Files.writeString(annotation, ANNOTATION.replace("<xmin>11</xmin>", ""));
    assertFails(() -> dataset.read("1"), "a bndbox lacks one of");
    Files.writeString(annotation, ANNOTATION.replace("<xmin>11<", "<xmin>far<"));
    assertFails(() -> dataset.read("1"), "xmin is not a whole number: 'far'");
    Files.writeString(annotation, ANNOTATION);
    Files.writeString(directory.resolve("Sentences/1.txt"), "A [/EN#12/people man");
    assertFails(() -> dataset.read("1"), "Sentences/1.txt has a broken caption");
  }

  @Test
  void namesTheLineThatIsBroken() throws IOException {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);
    Path captions = directory.resolve("Sentences/1.txt");

    Files.writeString(captions, "A man .\nA [/EN#12/people man\n");
    assertFails(() -> dataset.read("1"), "has a broken caption in line 2");
    Files.write(captions, new byte[] {'A', (byte) 0xff});
    assertFails(() -> dataset.read("1"), "Sentences/1.txt is no UTF-8 text");
    Files.writeString(directory.resolve("Annotations/1.xml"), "<annotation>\n</size>\n");
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> dataset.read("1"))
        .withMessageMatching("(?s).*\\(line 2: [^)\\n]*annotation[^)\\n]*\\).*");
  }

  @Test
  void anImageHasTwoFilesOfAnnotations() {
    assertThat(Flickr30kEntities.open(directory).annotationFiles("1"))
        .containsExactly(
            directory.resolve("Annotations/1.xml"), directory.resolve("Sentences/1.txt"));
  }

  @Test
  void whatStandsTwiceIsRefused() throws IOException {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);
    Path annotation = directory.resolve("Annotations/1.xml");

    Files.writeString(
        annotation, ANNOTATION.replace("<xmin>11</xmin>", "<xmin>11</xmin><xmin>12</xmin>"));
    assertFails(() -> dataset.read("1"), "xmin stands twice");
    Files.writeString(annotation, ANNOTATION.replace("<size>", "<size><width>9</width>"));
    assertFails(() -> dataset.read("1"), "width stands twice");
    Files.writeString(annotation, ANNOTATION.replace("<size>", "<size><height>9</height>"));
    assertFails(() -> dataset.read("1"), "height stands twice");
  }

  @Test
  void anObjectOfNoNameIsToldOf() throws IOException {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);
    Files.writeString(
        directory.resolve("Annotations/1.xml"),
        ANNOTATION.replace("<name>14</name>", "<name> </name>"));

    assertThat(dataset.defects("1"))
        .extracting(Defect::problem)
        .contains("an object has no name, so no phrase can mean it");
    assertThat(dataset.read("1").scenes()).doesNotContain("");
  }

  @Test
  void annotationsAreReadInTheEncodingThatTheyName() throws IOException {
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);
    Path annotation = directory.resolve("Annotations/1.xml");
    String cafe = ANNOTATION.replace("<name>14<", "<name>caf\u00E9<");
    String named = "<?xml version='1.0' encoding='ISO-8859-1'?>" + cafe.strip();

    Files.write(annotation, named.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(dataset.read("1").scenes()).contains("caf\u00E9");
    Files.write(annotation, ("\uFEFF" + cafe.strip()).getBytes(StandardCharsets.UTF_16BE));
    assertThat(dataset.read("1").scenes()).contains("caf\u00E9");
    Files.write(annotation, cafe.getBytes(StandardCharsets.ISO_8859_1));
    assertFails(() -> dataset.read("1"), "the file cannot be read as UTF-8 text");
  }

  @Test
  void readsNoExternalEntity() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "12");
    Files.writeString(
        directory.resolve("Annotations/1.xml"),
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"%s\">]>%s"
            .formatted(secret.toUri(), ANNOTATION.replace("<name>12<", "<name>&e;<")));
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);

    assertFails(() -> dataset.read("1"), "cannot be read as annotations");
  }

  /** What a few lines of entities can grow to has no bound. */
  @Test
  void readsNoEntityAtAll() throws IOException {
    Files.writeString(
        directory.resolve("Annotations/1.xml"),
        "<!DOCTYPE a [<!ENTITY e \"12\">]>" + ANNOTATION.replace("<name>12<", "<name>&e;<"));
    Flickr30kEntities dataset = Flickr30kEntities.open(directory);

    assertFails(() -> dataset.read("1"), "cannot be read as annotations");
  }

  private static void assertFails(Runnable action, String message) {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(action::run)
        .withMessageContaining(message);
  }
}
