package io.deixis.service.integrations;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a Label Studio project asks its annotators for: boxes with labels on a photo.
 *
 * @param from the name of its {@code RectangleLabels}
 * @param to the name of the {@code Image} that they are drawn on
 * @param member the member of a task's data that holds the image
 * @param labels the labels, as they are written
 */
record LabelConfig(String from, String to, String member, List<String> labels) {

  /** Copies the labels. */
  LabelConfig {
    labels = List.copyOf(labels);
  }

  /**
   * Reads a labelling configuration.
   *
   * @param xml the project's configuration
   * @throws GroundingException if it asks for no boxes on a photo
   */
  static LabelConfig read(String xml) {
    Document document = parse(xml == null ? "" : xml);
    Element boxes = first(document.getElementsByTagName("RectangleLabels"));
    Element image = first(document.getElementsByTagName("Image"));
    String value = image.getAttribute("value");
    List<String> labels = new ArrayList<>();
    NodeList children = boxes.getElementsByTagName("Label");
    for (int i = 0; i < children.getLength(); i++) {
      labels.add(((Element) children.item(i)).getAttribute("value"));
    }
    if (labels.isEmpty() || !value.startsWith("$")) {
      throw unfit();
    }
    return new LabelConfig(
        boxes.getAttribute("name"), boxes.getAttribute("toName"), value.substring(1), labels);
  }

  private static Element first(NodeList elements) {
    if (elements.getLength() == 0) {
      throw unfit();
    }
    return (Element) elements.item(0);
  }

  /** Without document types, so nothing outside of the text is read. */
  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // the usual one writes to the error stream
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (SAXException | IOException unreadable) {
      throw unfit();
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static GroundingException unfit() {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        "label_config",
        "The labelling configuration asks for no boxes on a photo",
        "use <Image name=\"image\" value=\"$image\"/> and <RectangleLabels>");
  }
}
