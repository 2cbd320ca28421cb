package io.deixis.answers;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.ScoredBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Answers as Pascal VOC annotations (Everingham et al., 2010, and its development kit), an XML file
 * for each photo. Boxes are whole pixels of the upright photo, counted from 1, the last one
 * included. An object's name is the phrase, or its class where classes are given.
 */
@ApplicationScoped
public class VocWriter implements AnswerWriter {

  private static final String INDENT = "  ";

  /** The format has no media type of its own; readers find an annotation by the photo's name. */
  @Override
  public Format format() {
    return Format.of("voc", ".xml", Trait.NAMED_AS_PHOTO);
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    AnsweredPhoto photo = photos.iterator().next();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      write(photo, options, new Elements(xml));
      xml.flush();
    } catch (XMLStreamException failed) {
      throw new IOException(failed);
    }
  }

  private static void write(AnsweredPhoto photo, Options options, Elements xml)
      throws XMLStreamException {
    GroundingAnswer answer = photo.answer();
    xml.begin("annotation");
    xml.text("filename", photo.file().orElse(""));
    xml.begin("size");
    xml.text("width", answer.width());
    xml.text("height", answer.height());
    xml.text("depth", 3);
    xml.end();
    xml.text("segmented", 0);
    for (GroundedPhrase phrase : answer.phrases()) {
      for (ScoredBox scored : phrase.boxes()) {
        object(options.name(phrase.text()), scored.box(), answer, xml);
      }
    }
    xml.end();
  }

  private static void object(String name, Box box, GroundingAnswer answer, Elements xml)
      throws XMLStreamException {
    xml.begin("object");
    xml.text("name", name);
    xml.text("pose", "Unspecified");
    xml.text("truncated", 0);
    xml.text("difficult", 0);
    xml.begin("bndbox");
    xml.text("xmin", first(box.x1(), answer.width()));
    xml.text("ymin", first(box.y1(), answer.height()));
    xml.text("xmax", Math.max(first(box.x1(), answer.width()), Math.round(box.x2())));
    xml.text("ymax", Math.max(first(box.y1(), answer.height()), Math.round(box.y2())));
    xml.end();
    xml.end();
  }

  /** Returns the number of the first pixel behind an edge, counted from 1. */
  private static long first(double edge, int length) {
    return Math.min(Math.round(edge) + 1, length);
  }

  /** Writes indented elements. */
  private static final class Elements {

    private final XMLStreamWriter xml;
    private int depth;

    Elements(XMLStreamWriter xml) {
      this.xml = xml;
    }

    void begin(String name) throws XMLStreamException {
      xml.writeCharacters(INDENT.repeat(depth++));
      xml.writeStartElement(name);
      xml.writeCharacters("\n");
    }

    void text(String name, Object value) throws XMLStreamException {
      xml.writeCharacters(INDENT.repeat(depth));
      xml.writeStartElement(name);
      xml.writeCharacters(XmlText.printable(value.toString()));
      xml.writeEndElement();
      xml.writeCharacters("\n");
    }

    void end() throws XMLStreamException {
      xml.writeCharacters(INDENT.repeat(--depth));
      xml.writeEndElement();
      xml.writeCharacters("\n");
    }
  }
}
