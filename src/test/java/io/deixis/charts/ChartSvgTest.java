package io.deixis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@QuarkusTest
class ChartSvgTest {

  private static final String HOSTILE = "</title><script>&\"'";

  @Inject Engine templates;

  @Test
  void textsStayText() throws Exception {
    Document chart = drawn(HOSTILE, Series.line(HOSTILE, 1, List.of(new Point(0, 1, HOSTILE))));

    Element svg = (Element) chart.getElementsByTagName("svg").item(1); // after the legend's sample
    assertThat(svg.getAttribute("aria-label")).isEqualTo(HOSTILE);
    assertThat(chart.getElementsByTagName("p").item(0).getTextContent()).isEqualTo(HOSTILE + "y");
    assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(HOSTILE);
    assertThat(chart.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void everyPointTellsItsValue() throws Exception {
    Document chart =
        drawn(
            "Bars",
            Series.bars("", 1, 0.5, List.of(new Point(0, 0.5, "half"), new Point(0.5, 1, "all"))));

    Element second = (Element) chart.getElementsByTagName("rect").item(1);
    assertThat(second.getAttribute("y")).isEqualTo("10.0");
    assertThat(second.getAttribute("height")).isEqualTo("232.0");
    assertThat(second.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("all");
  }

  private Document drawn(String title, Series series) throws Exception {
    Chart chart = new Chart(title, Axis.unit(title), Axis.unit("y"), List.of(series));
    String html = templates.getTemplate("chart.html").data("chart", ChartLayout.of(chart)).render();
    String figure = "<figure>" + html + "</figure>";
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(figure.getBytes(StandardCharsets.UTF_8)));
  }
}
