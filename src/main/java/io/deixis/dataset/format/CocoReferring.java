package io.deixis.dataset.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.dataset.DatasetCard;
import io.deixis.files.JsonFields;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads COCO JSON with referring expressions, as the files of MDETR have them (Kamath et al.,
 * 2021): {@code images} with a {@code caption}, and {@code annotations} whose {@code
 * tokens_positive} are the spans of the caption, in Unicode code points, that mean the box. Several
 * images of one {@code file_name} are several captions of a photo. Boxes are {@code [x, y, width,
 * height]} in pixels. The category's name is the entity type. Crowds are left out.
 *
 * <p>Where no image has a caption, as in data for detection, each gets one of the names of the
 * categories that are in it, such as "dog. person.", and each name means its category's boxes.
 */
final class CocoReferring {

  static DatasetFormat format() {
    return SplitFileDataset.format(
        "coco",
        "COCO JSON, with captions and tokens_positive or for detection, a file for each split",
        SplitFileDataset.JSON,
        CocoReferring::recognises,
        CocoReferring::read);
  }

  /** The entity type of what has no category. */
  private static final String NO_CATEGORY = "object";

  private final AnnotationFile file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Annotation> images = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final Map<String, String> categories = new HashMap<>();
  private final Map<String, SortedSet<String>> named = new HashMap<>();

  /**
   * A photo with one caption.
   *
   * @param names where in a caption of categories each of them stands; empty if the data has its
   *     own caption
   */
  private record Entry(AnnotationFile.Image image, Caption caption, Map<String, int[]> names) {

    static Entry of(AnnotationFile.Image image, String caption) {
      return new Entry(image, new Caption(caption), Map.of());
    }

    /** Returns a photo whose caption is a list of names. */
    static Entry of(AnnotationFile.Image image, SortedSet<String> categories) {
      StringBuilder caption = new StringBuilder();
      Map<String, int[]> names = new HashMap<>();
      for (String category : categories) {
        names.put(category, new int[] {caption.length(), caption.length() + category.length()});
        caption.append(category).append(". ");
      }
      return new Entry(image, new Caption(caption.toString().strip()), Map.copyOf(names));
    }
  }

  /** An image or a box, before the file is read to its end. */
  private record Annotation(JsonFields fields, int line) {}

  private CocoReferring(Path file) {
    this.file = new AnnotationFile(file);
  }

  private static boolean recognises(Path file) {
    return RootFields.of(file).contains("images");
  }

  private static AnnotationFile read(Path path) {
    return new CocoReferring(path).read();
  }

  private AnnotationFile read() {
    file.read(this::read);
    annotations.forEach(this::name);
    boolean captions = images.stream().anyMatch(image -> image.fields.has("caption"));
    images.forEach(image -> image(image, captions));
    annotations.forEach(this::annotate);
    entries.values().stream()
        .filter(entry -> !entry.caption.text().isEmpty())
        .forEach(entry -> entry.image.add(entry.caption));
    return file;
  }

  private void read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw file.damaged(1, "the document is no JSON object", null);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "images" ->
            file.each(json, name, (fields, line) -> images.add(new Annotation(fields, line)));
        case "annotations" ->
            file.each(json, name, (fields, line) -> annotations.add(new Annotation(fields, line)));
        case "categories" -> file.each(json, name, this::category);
        case "info" -> describe(json.readValueAsTree());
        default -> json.skipChildren();
      }
    }
  }

  private void describe(JsonNode info) {
    if (info.isObject() && info.path("description").isTextual()) {
      file.describe(
          new DatasetCard(
              info.get("description").textValue(),
              info.path("license").asText(null),
              "COCO JSON with referring expressions."));
    }
  }

  private void category(JsonFields category, int line) {
    categories.put(category.id("id"), category.text("name").strip());
  }

  /** Notes which categories an image has. */
  private void name(Annotation annotation) {
    JsonNode node = annotation.fields.node();
    if (node.path("iscrowd").asInt() == 0) {
      String category = categories.get(node.path("category_id").asText());
      if (category != null) {
        named.computeIfAbsent(node.path("image_id").asText(), id -> new TreeSet<>()).add(category);
      }
    }
  }

  /** Adds an image; either all have captions or none. */
  private void image(Annotation annotation, boolean captions) {
    JsonFields image = annotation.fields;
    try {
      AnnotationFile.Image photo =
          file.image(
              image.text("file_name"), image.size("width"), image.size("height"), annotation.line);
      String id = image.id("id");
      Entry entry =
          captions
              ? Entry.of(photo, image.text("caption"))
              : Entry.of(photo, named.getOrDefault(id, new TreeSet<>()));
      if (entries.putIfAbsent(id, entry) != null) {
        throw new JsonFields.BadField(image.at("id") + " is another image's");
      }
    } catch (JsonFields.BadField e) {
      throw file.damaged(annotation.line, e.getMessage(), e);
    }
  }

  private void annotate(Annotation annotation) {
    JsonFields fields = annotation.fields;
    Entry entry;
    try {
      entry = entries.get(fields.id("image_id"));
    } catch (JsonFields.BadField e) {
      throw file.damaged(annotation.line, e.getMessage(), e);
    }
    if (entry == null) {
      throw file.damaged(annotation.line, fields.at("image_id") + " is no image's", null);
    }
    if (fields.node().path("iscrowd").asInt() != 0) {
      return;
    }
    try {
      double[] box = fields.box("bbox");
      Box corners =
          entry.image.box(
              box[0], box[1], box[0] + box[2], box[1] + box[3], annotation.line, fields.at("bbox"));
      String category =
          fields.has("category_id")
              ? categories.getOrDefault(fields.id("category_id"), NO_CATEGORY)
              : NO_CATEGORY;
      String type = AnnotationFile.type(category);
      int[] name = entry.names.get(category);
      if (name != null) {
        entry.caption.mention(name[0], name[1], List.of(corners), type);
        return;
      }
      for (int[] span : fields.spans("tokens_positive", entry.caption.text())) {
        entry.caption.mention(span[0], span[1], List.of(corners), type);
      }
    } catch (JsonFields.BadField e) {
      entry.image.error(annotation.line, e.getMessage());
    }
  }
}
