package io.deixis.dataset.format;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.geometry.Box;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes one file of {@code Annotations}, the counterpart of {@link AnnotationXml}: a box that
 * several chains share is one object with several names.
 */
final class AnnotationXmlWriter {

  private final XMLStreamWriter xml;

  AnnotationXmlWriter(Writer writer) throws XMLStreamException {
    xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
  }

  void write(AnnotatedImage image) throws XMLStreamException {
    xml.writeStartElement("annotation");
    text("filename", image.id() + ".jpg");
    line("size");
    text("width", image.width());
    text("height", image.height());
    text("depth", 3);
    xml.writeEndElement();
    for (Map.Entry<Box, List<String>> object : chainsByBox(image).entrySet()) {
      line("object");
      for (String chain : object.getValue()) {
        text("name", chain);
      }
      box(object.getKey());
      xml.writeEndElement();
    }
    Set<String> flagged = new LinkedHashSet<>(image.scenes());
    flagged.addAll(image.withoutBox());
    for (String chain : flagged) {
      line("object");
      text("name", chain);
      text("scene", image.scenes().contains(chain) ? 1 : 0);
      text("nobndbox", image.withoutBox().contains(chain) ? 1 : 0);
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.flush();
  }

  private static Map<Box, List<String>> chainsByBox(AnnotatedImage image) {
    Map<Box, List<String>> chains = new LinkedHashMap<>();
    image
        .boxes()
        .forEach(
            (chain, boxes) ->
                boxes.forEach(
                    box -> chains.computeIfAbsent(box, b -> new ArrayList<>()).add(chain)));
    return chains;
  }

  /** Writes a box in whole pixels, counted from 1. */
  private void box(Box box) throws XMLStreamException {
    line("bndbox");
    text("xmin", Math.round(box.x1()) + 1);
    text("ymin", Math.round(box.y1()) + 1);
    text("xmax", Math.round(box.x2()) + 1);
    text("ymax", Math.round(box.y2()) + 1);
    xml.writeEndElement();
  }

  /** Opens an element on a line of its own. */
  private void line(String element) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
  }

  private void text(String element, Object content) throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeCharacters(String.valueOf(content));
    xml.writeEndElement();
  }
}
