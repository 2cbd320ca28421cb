package io.deixis.dataset.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.files.JsonFields;
import io.deixis.geometry.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ODVG JSON lines, on which Grounding DINO and similar models are trained: a line is an image
 * with its size and either {@code grounding} (a {@code caption} and {@code regions} with {@code
 * phrase} and {@code bbox}, optionally {@code tokens_positive}) or {@code detection} ({@code
 * instances} with {@code category} and {@code bbox}, of which each category becomes a caption of
 * its own). Boxes are {@code [x1, y1, x2, y2]} in pixels, one or a list of them. Several lines of
 * one image are several captions of it.
 */
final class OdvgLines {

  static DatasetFormat format() {
    return SplitFileDataset.format(
        "odvg",
        "ODVG JSON lines, a file for each split",
        SplitFileDataset.JSON,
        OdvgLines::recognises,
        OdvgLines::read);
  }

  /** The entity type of phrases, which have no category. */
  private static final String PHRASE = "object";

  private final AnnotationFile file;

  private OdvgLines(Path file) {
    this.file = new AnnotationFile(file);
  }

  private static boolean recognises(Path file) {
    List<String> fields = RootFields.of(file);
    return (fields.contains("filename") || fields.contains("file_name"))
        && (fields.contains("grounding") || fields.contains("detection"));
  }

  private static AnnotationFile read(Path path) {
    return new OdvgLines(path).read();
  }

  private AnnotationFile read() {
    List<String> lines = TextFile.lines(file.file(), "restore it.");
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          line(JsonFields.of(lines.get(i)), i + 1);
        } catch (JsonProcessingException e) {
          throw file.damaged(i + 1, JsonFields.problem(e), e);
        } catch (JsonFields.BadField e) {
          throw file.damaged(i + 1, e.getMessage(), e);
        }
      }
    }
    return file;
  }

  private void line(JsonFields line, int number) {
    String name = line.text(line.has("filename") ? "filename" : "file_name");
    AnnotationFile.Image image = file.image(name, line.size("width"), line.size("height"), number);
    try {
      if (line.has("grounding")) {
        grounding(line.object("grounding"), image, number);
      } else {
        detection(line.object("detection"), image, number);
      }
    } catch (JsonFields.BadField e) {
      image.error(number, e.getMessage());
    }
  }

  private static void grounding(JsonFields grounding, AnnotationFile.Image image, int line) {
    Caption caption = new Caption(grounding.text("caption"));
    List<JsonNode> regions = grounding.list("regions");
    for (int i = 0; i < regions.size(); i++) {
      JsonFields region =
          new JsonFields(regions.get(i), "%s[%d]".formatted(grounding.at("regions"), i));
      List<Box> boxes = boxes(region, image, line);
      if (region.has("tokens_positive")) {
        for (int[] span : region.spans("tokens_positive", caption.text())) {
          caption.mention(span[0], span[1], boxes, PHRASE);
        }
      } else {
        for (String phrase : phrases(region)) {
          Matcher found = occurrence(phrase, caption.text());
          if (!found.find()) {
            throw new JsonFields.BadField(
                "%s '%s' is not in the caption".formatted(region.at("phrase"), phrase));
          }
          caption.mention(found.start(), found.end(), boxes, PHRASE);
        }
      }
    }
    image.add(caption);
  }

  /** A phrase in several pieces is a list of them. */
  private static List<String> phrases(JsonFields region) {
    if (!region.node().path("phrase").isArray()) {
      return List.of(region.text("phrase").strip());
    }
    List<String> phrases = new ArrayList<>();
    for (JsonNode piece : region.list("phrase")) {
      if (!piece.isTextual() || piece.textValue().isBlank()) {
        throw new JsonFields.BadField(
            region.at("phrase") + " is neither a text nor a list of texts");
      }
      phrases.add(piece.textValue().strip());
    }
    return phrases;
  }

  /** Finds whole words, in capitals or not. */
  private static Matcher occurrence(String phrase, String caption) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + Pattern.quote(phrase) + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(caption);
  }

  private static void detection(JsonFields detection, AnnotationFile.Image image, int line) {
    Map<String, List<Box>> byCategory = new LinkedHashMap<>();
    List<JsonNode> instances = detection.list("instances");
    for (int i = 0; i < instances.size(); i++) {
      JsonFields instance =
          new JsonFields(instances.get(i), "%s[%d]".formatted(detection.at("instances"), i));
      byCategory
          .computeIfAbsent(instance.text("category").strip(), category -> new ArrayList<>())
          .addAll(boxes(instance, image, line));
    }
    byCategory.forEach(
        (category, boxes) -> {
          Caption caption = new Caption(category);
          caption.mention(0, category.length(), boxes, AnnotationFile.type(category));
          image.add(caption);
        });
  }

  private static List<Box> boxes(JsonFields region, AnnotationFile.Image image, int line) {
    JsonNode value = region.node().get("bbox");
    String at = region.at("bbox");
    List<double[]> corners = new ArrayList<>();
    if (value != null && value.isArray() && !value.isEmpty() && value.get(0).isArray()) {
      JsonFields.elements(value, at).forEach(box -> corners.add(JsonFields.box(box, at)));
    } else {
      corners.add(region.box("bbox"));
    }
    return corners.stream().map(c -> image.box(c[0], c[1], c[2], c[3], line, at)).toList();
  }
}
