package io.deixis.dataset.format;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.Defect;
import io.deixis.dataset.Defect.Severity;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
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
 *
 * <p>What is wrong is noted, and reading goes on behind it.
 */
final class AnnotationXml {

  private static final List<String> EDGES = List.of("xmin", "ymin", "xmax", "ymax");

  /** The start of a file that says which encoding it has, if that is not UTF-8. */
  private static final Pattern OTHER_ENCODING =
      Pattern.compile(
          "(?si)(\u00FE\u00FF|\u00FF\u00FE|\0<|<\0|<\\?xml[^>]*encoding\\s*=\\s*[\"'](?!utf-8)).*");

  private final Path file;
  private final Map<String, List<Box>> boxes = new LinkedHashMap<>();
  private final Set<String> scenes = new LinkedHashSet<>();
  private final Set<String> withoutBox = new LinkedHashSet<>();
  private final List<Defect> defects = new ArrayList<>();
  private int width;
  private int height;

  private AnnotationXml(Path file) {
    this.file = file;
  }

  /** Reads a file, or as much of it as is XML. */
  static AnnotationXml read(Path file) throws IOException {
    byte[] xml = Files.readAllBytes(file);
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    AnnotationXml annotation = new AnnotationXml(file);
    if (!isText(xml)) {
      annotation.error(null, "the file cannot be read as UTF-8 text");
      return annotation;
    }
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      annotation.readAll(reader);
      annotation.checkSize(reader.getLocation());
    } catch (XMLStreamException e) {
      annotation.error(e.getLocation(), sentence(e));
    }
    return annotation;
  }

  /** The parser would tell of it by itself, on the error stream. */
  private static boolean isText(byte[] xml) {
    String start = new String(xml, 0, Math.min(xml.length, 200), StandardCharsets.ISO_8859_1);
    if (OTHER_ENCODING.matcher(start).matches()) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  /** Returns what is wrong, from the file's beginning to its end. */
  List<Defect> defects() {
    return defects;
  }

  /** Returns the annotations with the image's captions. */
  AnnotatedImage image(String id, List<EntitySentence> sentences) {
    return new AnnotatedImage(id, width, height, boxes, scenes, withoutBox, sentences);
  }

  private void readAll(XMLStreamReader reader) throws XMLStreamException {
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "width" -> width = side(reader, width);
          case "height" -> height = side(reader, height);
          case "object" -> addObject(reader);
          default -> {
            // file name, depth: not needed
          }
        }
      }
    }
  }

  private int side(XMLStreamReader reader, int before) throws XMLStreamException {
    if (before != 0) {
      error(reader.getLocation(), reader.getLocalName() + " stands twice");
    }
    return integer(reader).orElse(0);
  }

  private void checkSize(Location end) {
    if (width <= 0 || height <= 0) {
      error(end, "no positive width and height");
    }
  }

  private void addObject(XMLStreamReader reader) throws XMLStreamException {
    Location start = reader.getLocation();
    List<String> names = new ArrayList<>();
    List<Box> objectBoxes = new ArrayList<>();
    Set<String> told = new HashSet<>();
    while (nextStartWithin("object", reader)) {
      String element = reader.getLocalName();
      switch (element) {
        case "name" -> names.add(reader.getElementText().strip());
        case "bndbox" -> {
          told.add(element);
          box(reader).ifPresent(objectBoxes::add);
        }
        case "scene", "nobndbox" -> {
          if (integer(reader).orElse(0) != 0) {
            told.add(element);
          }
        }
        default -> {
          // other elements of the PASCAL VOC format say nothing about grounding
        }
      }
    }
    names.removeIf(String::isEmpty);
    if (names.isEmpty()) {
      warning(start, "an object has no name, so no phrase can mean it");
    }
    if (told.isEmpty()) {
      warning(start, "an object has neither a box nor one of the flags scene and nobndbox");
    }
    if (!objectBoxes.isEmpty()) {
      names.forEach(
          name -> boxes.computeIfAbsent(name, n -> new ArrayList<>()).addAll(objectBoxes));
    }
    if (told.contains("scene")) {
      scenes.addAll(names);
    }
    if (told.contains("nobndbox")) {
      withoutBox.addAll(names);
    }
  }

  private Optional<Box> box(XMLStreamReader reader) throws XMLStreamException {
    Location start = reader.getLocation();
    Map<String, Integer> edges = new HashMap<>();
    boolean readable = true;
    while (nextStartWithin("bndbox", reader)) {
      String name = reader.getLocalName();
      OptionalInt edge = integer(reader);
      readable &= edge.isPresent();
      if (edge.isPresent() && edges.put(name, edge.getAsInt() - 1) != null) {
        error(start, name + " stands twice");
      }
    }
    if (!readable) {
      return Optional.empty();
    }
    if (!edges.keySet().containsAll(EDGES)) {
      error(start, "a bndbox lacks one of xmin, ymin, xmax and ymax");
      return Optional.empty();
    }
    int x1 = edges.get("xmin");
    int y1 = edges.get("ymin");
    int x2 = edges.get("xmax");
    int y2 = edges.get("ymax");
    if (x2 < x1 || y2 < y1) {
      error(start, "a bndbox ends before it begins");
      return Optional.empty();
    }
    if (x2 == x1 || y2 == y1) {
      warning(start, "a bndbox is empty, so no answer can meet it");
    }
    if (width > 0 && height > 0 && (x1 < 0 || y1 < 0 || x2 > width || y2 > height)) {
      warning(start, "a bndbox reaches out of the image of %d x %d".formatted(width, height));
    }
    return Optional.of(new Box(x1, y1, x2, y2));
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

  private OptionalInt integer(XMLStreamReader reader) throws XMLStreamException {
    Location start = reader.getLocation();
    String name = reader.getLocalName();
    String text = reader.getElementText().strip();
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      error(start, name + " is not a whole number: '" + text + "'");
      return OptionalInt.empty();
    }
  }

  private void error(Location where, String problem) {
    add(Severity.ERROR, where, problem);
  }

  private void warning(Location where, String problem) {
    add(Severity.WARNING, where, problem);
  }

  private void add(Severity severity, Location where, String problem) {
    int line = where == null ? 0 : Math.max(0, where.getLineNumber());
    defects.add(new Defect(severity, file, line, problem));
  }

  /** Returns what the parser says, without the place that it puts before it. */
  private static String sentence(XMLStreamException e) {
    String plain = String.valueOf(e.getMessage()).replaceFirst("(?s)^.*?Message: ", "");
    return plain.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
  }
}
