package io.deixis.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Flickr30kEntitiesWriterTest {

  private static final Box ONE = new Box(0, 0, 9, 19);
  private static final Box TWO = new Box(5, 6, 29, 14);

  private static final AnnotatedImage IMAGE =
      new AnnotatedImage(
          "5",
          30,
          20,
          new TreeMap<>(Map.of("1", List.of(ONE, TWO), "2", List.of(TWO), "6", List.of(ONE))),
          Set.of("3", "4", "6"),
          Set.of("4", "5"),
          List.of(
              EntitySentence.parse("[/EN#1/people Two men] in [/EN#3/scene a park] ."),
              EntitySentence.parse(""),
              EntitySentence.parse("[/EN#2/people/other \"Al\" & <co>]")));

  private static final BufferedImage PIXELS = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);

  @TempDir Path directory;

  @Test
  void writesWhatTheReaderReads() {
    Flickr30kEntitiesWriter writer = new Flickr30kEntitiesWriter(directory);
    writer.write(IMAGE, PIXELS);
    writer.writeSplit("val", List.of("5", "1"));

    Flickr30kEntities dataset = Flickr30kEntities.open(directory);

    assertThat(dataset.read("5")).isEqualTo(IMAGE);
    assertThat(dataset.split("val")).containsExactly("5", "1");
    assertThat(dataset.image("5")).isNotEmptyFile();
  }

  @Test
  void writesCoordinatesFromOne() {
    new Flickr30kEntitiesWriter(directory).write(IMAGE, PIXELS);

    assertThat(directory.resolve("Annotations/5.xml"))
        .content()
        .contains("<xmin>6</xmin><ymin>7</ymin><xmax>30</xmax><ymax>15</ymax>");
  }

  @Test
  void everyObjectHasALineAndABoxOfSeveralChainsIsOneObject() {
    new Flickr30kEntitiesWriter(directory).write(IMAGE, PIXELS);

    assertThat(directory.resolve("Annotations/5.xml"))
        .content()
        .startsWith(
            """
            <annotation><filename>5.jpg</filename>
            <size><width>30</width><height>20</height><depth>3</depth></size>
            <object><name>1</name><name>6</name>
            <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>10</xmax><ymax>20</ymax></bndbox></object>
            <object><name>1</name><name>2</name>
            <bndbox><xmin>6</xmin><ymin>7</ymin><xmax>30</xmax><ymax>15</ymax></bndbox></object>
            """)
        .contains("\n<object><name>6</name><scene>1</scene><nobndbox>0</nobndbox></object>\n")
        .endsWith("\n</annotation>\n");
  }

  @Test
  void copiesAPhoto() throws IOException {
    Path photo = Files.writeString(directory.resolveSibling("photo"), "a photo");
    Flickr30kEntitiesWriter writer = new Flickr30kEntitiesWriter(directory.resolve("new"));
    writer.write(IMAGE, photo);

    assertThat(directory.resolve("new/images/5.jpg")).hasContent("a photo");
    assertThat(Flickr30kEntities.open(directory.resolve("new")).read("5")).isEqualTo(IMAGE);
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> writer.write(IMAGE, directory.resolve("gone")))
        .withMessageContaining("gone is missing: restore it");
  }

  @Test
  void refusesAFolderThatHoldsSomething() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> new Flickr30kEntitiesWriter(directory))
        .withMessageContaining("already holds files: name a new or an empty folder.");
    assertThat(directory.resolve("Annotations")).doesNotExist();
  }
}
