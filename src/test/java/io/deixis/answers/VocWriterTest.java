package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocWriterTest {

  private final VocWriter writer = new VocWriter();

  @Test
  void boxesAreWholePixelsCountedFromOne() {
    String xml = written("a <cat> & co", AnswerWriter.Options.NONE);

    assertThat(xml)
        .isEqualTo(
            """
            <annotation>
              <filename>p.jpg</filename>
              <size>
                <width>200</width>
                <height>100</height>
                <depth>3</depth>
              </size>
              <segmented>0</segmented>
              <object>
                <name>a &lt;cat&gt; &amp; co</name>
                <pose>Unspecified</pose>
                <truncated>0</truncated>
                <difficult>0</difficult>
                <bndbox>
                  <xmin>51</xmin>
                  <ymin>41</ymin>
                  <xmax>150</xmax>
                  <ymax>90</ymax>
                </bndbox>
              </object>
            </annotation>
            """);
  }

  @Test
  void aClassGoesBeforeThePhrase() {
    assertThat(written("the Cat", new AnswerWriter.Options(List.of("dog", "cat"))))
        .contains("<name>cat</name>");
  }

  @Test
  void annotationsHaveTheirPhotosName() {
    assertThat(writer.format().fileName("trip.2/photo.jpg")).isEqualTo("trip.2/photo.xml");
    assertThat(writer.format().fileName("trip.2/photo")).isEqualTo("trip.2/photo.xml");
  }

  private String written(String phrase, AnswerWriter.Options options) {
    AnsweredPhoto photo = Answers.photo("p.jpg", 1, Answers.oneBox(phrase));
    return new String(writer.write(List.of(photo), options), StandardCharsets.UTF_8);
  }
}
