package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.GroundingAnswer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@QuarkusTest
class SvgWriterTest {

  private static final byte[] NO_IMAGE = "no image".getBytes(StandardCharsets.UTF_8);

  private static final byte[] NO_PHOTO = {};

  @Inject SvgWriter svg;

  @Test
  void boxesAreDrawnInThePixelsOfThePhoto() throws Exception {
    Document drawn = parsed(drawn(NO_PHOTO, Answers.oneBox("a cat")));
    assertThat(drawn.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 200 100");
    Element outline = (Element) drawn.getElementsByTagName("rect").item(0);
    assertThat(outline.getAttribute("x")).isEqualTo("50.0");
    assertThat(outline.getAttribute("width")).isEqualTo("100.0");
    assertThat(outline.getAttribute("stroke")).isEqualTo(Palette.swatch(0).colour());
    assertThat(drawn.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a cat 80 %");
    assertThat(drawn.getElementsByTagName("image").getLength()).isZero();
  }

  @Test
  void phrasesStayText() throws Exception {
    String phrase = "</text><script>&'\"\u0000\u001b\ud800 \ud83d\ude80";
    Document drawn = parsed(drawn(NO_PHOTO, Answers.oneBox(phrase)));
    assertThat(drawn.getElementsByTagName("script").getLength()).isZero();
    assertThat(drawn.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("</text><script>&'\"\ufffd\ufffd\ufffd \ud83d\ude80");
  }

  @Test
  void photoIsEmbeddedIfItsFormatIsKnown() throws Exception {
    byte[] gif = "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);
    GroundingAnswer answer = Answers.oneBox("a cat");
    Element image = (Element) parsed(drawn(gif, answer)).getElementsByTagName("image").item(0);
    assertThat(image.getAttribute("href")).startsWith("data:image/gif;base64,R0lG");
    assertThat(parsed(drawn(NO_IMAGE, answer)).getElementsByTagName("image").getLength()).isZero();
  }

  private String drawn(byte[] photo, GroundingAnswer answer) {
    return new String(
        svg.write(new AnsweredPhoto(Optional.empty(), 1, photo, answer)), StandardCharsets.UTF_8);
  }

  private static Document parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
