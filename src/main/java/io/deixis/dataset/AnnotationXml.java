package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one file of {@code Annotations}: the image's size and its objects. An object has one or
 * more names (chain ids) and either a box or the flags {@code scene} and {@code nobndbox}; a chain
 * may have several objects.
 *
 * <p>The file's coordinates count from 1; every one of them is lowered by 1, as the field's
 * evaluators do.
 */
final class AnnotationXml {

  private final Map<String, List<Box>> boxes = new LinkedHashMap<>();
  private final Set<String> scenes = new LinkedHashSet<>();
  private final Set<String> withoutBox = new LinkedHashSet<>();
  private int width;
  private int height;

  private AnnotationXml() {}

  /**
   * Reads a file.
   *
   * @throws XMLStreamException if it is not well-formed XML
   * @throws IllegalArgumentException if a number is missing or wrong
   */
  static AnnotationXml read(InputStream xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(xml);
    AnnotationXml annotation = new AnnotationXml();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "width" -> annotation.width = integer(reader);
          case "height" -> annotation.height = integer(reader);
          case "object" -> annotation.addObject(reader);
          default -> {
            // file name, depth: not needed
          }
        }
      }
    }
    if (annotation.width <= 0 || annotation.height <= 0) {
      throw new IllegalArgumentException("no positive width and height");
    }
    return annotation;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Map<String, List<Box>> boxes() {
    return boxes;
  }

  Set<String> scenes() {
    return scenes;
  }

  Set<String> withoutBox() {
    return withoutBox;
  }

  private void addObject(XMLStreamReader reader) throws XMLStreamException {
    List<String> names = new ArrayList<>();
    List<Box> objectBoxes = new ArrayList<>();
    boolean scene = false;
    boolean noBox = false;
    while (nextStartWithin("object", reader)) {
      switch (reader.getLocalName()) {
        case "name" -> names.add(reader.getElementText().strip());
        case "bndbox" -> objectBoxes.add(box(reader));
        case "scene" -> scene = integer(reader) != 0;
        case "nobndbox" -> noBox = integer(reader) != 0;
        default -> {
          // other elements of the PASCAL VOC format say nothing about grounding
        }
      }
    }
    for (String name : names) {
      if (!objectBoxes.isEmpty()) {
        boxes.computeIfAbsent(name, chain -> new ArrayList<>()).addAll(objectBoxes);
      }
      if (scene) {
        scenes.add(name);
      }
      if (noBox) {
        withoutBox.add(name);
      }
    }
  }

  private static Box box(XMLStreamReader reader) throws XMLStreamException {
    Map<String, Integer> edges = new LinkedHashMap<>();
    while (nextStartWithin("bndbox", reader)) {
      edges.put(reader.getLocalName(), integer(reader) - 1);
    }
    if (!edges.keySet().containsAll(List.of("xmin", "ymin", "xmax", "ymax"))) {
      throw new IllegalArgumentException("a bndbox lacks one of xmin, ymin, xmax and ymax");
    }
    return new Box(edges.get("xmin"), edges.get("ymin"), edges.get("xmax"), edges.get("ymax"));
  }

  /** Moves to the next start tag and returns true, or to the end tag of {@code parent}. */
  private static boolean nextStartWithin(String parent, XMLStreamReader reader)
      throws XMLStreamException {
    while (true) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(parent)) {
        return false;
      }
    }
  }

  private static int integer(XMLStreamReader reader) throws XMLStreamException {
    String name = reader.getLocalName();
    String text = reader.getElementText().strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number: '" + text + "'", e);
    }
  }
}
