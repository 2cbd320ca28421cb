package io.deixis.dataset.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.Defect.Severity;
import io.deixis.dataset.EntitySentence;
import io.deixis.files.JsonFields;
import io.deixis.files.JsonMappers;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one file says of many images, gathered while it is read. An image's id is its file name
 * without the extension, folders joined by {@code _}. Phrases of one image with the same boxes are
 * one coreference chain; chains are numbered from 1 as they come.
 */
final class AnnotationFile {

  private final Path file;
  private final Map<String, Image> images = new LinkedHashMap<>();
  private Optional<DatasetCard> card = Optional.empty();

  AnnotationFile(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Returns the images in the order in which they came, by their ids. */
  Map<String, Image> images() {
    return images;
  }

  /** Returns what the file says of itself. */
  Optional<DatasetCard> card() {
    return card;
  }

  void describe(DatasetCard described) {
    card = Optional.of(described);
  }

  /** Reads JSON. */
  interface Reading {
    void read(JsonParser json) throws IOException;
  }

  /** Takes an object of a list, and the line that it begins in. */
  interface Element {
    void take(JsonFields fields, int line);
  }

  /**
   * Reads the file as one JSON document.
   *
   * @param reading reads it to its end
   * @throws DatasetException if it is damaged or cannot be read
   */
  AnnotationFile read(Reading reading) {
    try (JsonParser json = JsonMappers.VALUES.createParser(file.toFile())) {
      json.nextToken();
      reading.read(json);
      if (json.nextToken() != null) {
        throw damaged(json.currentLocation().getLineNr(), "something follows the document", null);
      }
      return this;
    } catch (JsonProcessingException e) {
      throw damaged(JsonFields.line(e), JsonFields.problem(e), e);
    } catch (IOException e) {
      throw TextFile.unreadable(file, "restore it.", e);
    }
  }

  /**
   * Reads the objects of the list that begins here.
   *
   * @param place of the list in the document; blank if it is the document
   */
  void each(JsonParser json, String place, Element element) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw damaged(
          json.currentLocation().getLineNr(),
          (place.isEmpty() ? "the document is no JSON list" : place + " is no list"),
          null);
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      int line = json.currentLocation().getLineNr();
      JsonNode node = json.readValueAsTree();
      try {
        element.take(new JsonFields(node, "%s[%d]".formatted(place, i)), line);
      } catch (JsonFields.BadField e) {
        throw damaged(line, e.getMessage(), e);
      }
    }
  }

  /** Returns the exception for a file that cannot be used at all. */
  DatasetException damaged(int line, String problem, Exception cause) {
    return DatasetException.damaged(
        "%s cannot be read%s: %s; fix that."
            .formatted(file, line == 0 ? "" : " in line " + line, problem),
        cause);
  }

  /**
   * Returns an image, the one that is known if its file was named before.
   *
   * @param fileName as the data has it, relative to the folder of images
   * @param line where it is named
   * @throws JsonFields.BadField if the name leads out of the folder, is another image's id, or the
   *     size is another one than before
   */
  Image image(String fileName, int width, int height, int line) {
    Path relative = relative(fileName);
    Image image =
        images.computeIfAbsent(
            id(relative.toString()), id -> new Image(id, relative, width, height, line));
    if (!image.file.equals(relative)) {
      throw new JsonFields.BadField(
          "the images '%s' and '%s' have the same name but for their extensions or folders"
              .formatted(image.file, relative));
    }
    if (image.width != width || image.height != height) {
      throw new JsonFields.BadField(
          "the image '%s' is %d x %d here and %d x %d before"
              .formatted(relative, width, height, image.width, image.height));
    }
    return image;
  }

  /**
   * Returns an image that was named before.
   *
   * @throws JsonFields.BadField if the name leads out of the folder
   */
  Optional<Image> known(String fileName) {
    Path relative = relative(fileName);
    return Optional.ofNullable(images.get(id(relative.toString())))
        .filter(image -> image.file.equals(relative));
  }

  private static Path relative(String fileName) {
    Path relative;
    try {
      relative = Path.of(fileName).normalize();
    } catch (InvalidPathException noPath) {
      throw new JsonFields.BadField("the image's name is none that a file can have");
    }
    if (relative.isAbsolute() || relative.startsWith("..") || fileName.indexOf('\\') >= 0) {
      throw new JsonFields.BadField("the image's name '" + fileName + "' leads out of the folder");
    }
    return relative;
  }

  private static String id(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String name = dot > 0 ? fileName.substring(0, dot) : fileName;
    String id = name.replaceAll("[^\\w.-]", "_");
    return ImageIds.isValid(id) ? id : "_" + id;
  }

  /** An image and what is said of it. */
  final class Image {

    private final String id;
    private final Path file;
    private final int width;
    private final int height;
    private final int line;
    private final List<EntitySentence> sentences = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final Map<String, List<Box>> boxes = new LinkedHashMap<>();
    private final Map<Set<Box>, String> chains = new HashMap<>();
    private final List<Defect> defects = new ArrayList<>();

    private Image(String id, Path file, int width, int height, int line) {
      this.id = id;
      this.file = file;
      this.width = width;
      this.height = height;
      this.line = line;
    }

    /** Returns the file's name, relative to the folder of images. */
    Path file() {
      return file;
    }

    /** Returns the line that names the image first. */
    int line() {
      return line;
    }

    List<Defect> defects() {
      return defects;
    }

    void error(int where, String problem) {
      defects.add(new Defect(Severity.ERROR, AnnotationFile.this.file, where, problem));
    }

    /**
     * Returns a box, its corners checked.
     *
     * @param where the line that it is in
     * @param at its place in the document
     * @throws JsonFields.BadField if it ends before it begins
     */
    Box box(double x1, double y1, double x2, double y2, int where, String at) {
      if (x2 < x1 || y2 < y1) {
        throw new JsonFields.BadField(at + " ends before it begins");
      }
      if (x2 == x1 || y2 == y1) {
        warning(where, at + " is empty, so no answer can meet it");
      } else if (x1 < 0 || y1 < 0 || x2 > width || y2 > height) {
        warning(where, "%s reaches out of the image of %d x %d".formatted(at, width, height));
      }
      return new Box(x1, y1, x2, y2);
    }

    private void warning(int where, String problem) {
      defects.add(new Defect(Severity.WARNING, AnnotationFile.this.file, where, problem));
    }

    /** Adds a caption. */
    void add(Caption caption) {
      sentences.add(caption.sentence(this::chain));
    }

    /** Adds a phrase that the image does not show. */
    void addAbsent(String phrase) {
      absent.add(phrase);
    }

    private String chain(List<Box> ofMention) {
      return chains.computeIfAbsent(
          Set.copyOf(ofMention),
          set -> {
            String chain = String.valueOf(chains.size() + 1);
            boxes.put(chain, ofMention);
            return chain;
          });
    }

    AnnotatedImage annotated() {
      return new AnnotatedImage(id, width, height, boxes, Set.of(), Set.of(), sentences, absent);
    }
  }

  /** Returns a category's name as an entity type: lower case, without spaces and brackets. */
  static String type(String category) {
    return category.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s/\\[\\]]+", "-");
  }
}
