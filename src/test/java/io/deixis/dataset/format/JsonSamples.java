package io.deixis.dataset.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundingDataset;
import io.deixis.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes splits of a data set in the JSON formats, for tests. */
public final class JsonSamples {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonSamples() {}

  /** Writes a split as MDETR's files have it, its photos into {@code images}. */
  public static void writeCoco(GroundingDataset data, String split, Path file) throws IOException {
    ObjectNode document = MAPPER.createObjectNode();
    document.putArray("info");
    ArrayNode images = document.putArray("images");
    ArrayNode annotations = document.putArray("annotations");
    Map<String, Integer> categories = new LinkedHashMap<>();
    for (String id : data.split(split)) {
      AnnotatedImage image = data.read(id);
      copyPhoto(data, id, file);
      for (EntitySentence sentence : image.sentences()) {
        int entry = images.size() + 1;
        images
            .addObject()
            .put("file_name", id + ".jpg")
            .put("width", image.width())
            .put("height", image.height())
            .put("id", entry)
            .put("original_id", id)
            .put("caption", sentence.text())
            .put("dataset_name", "drawn");
        for (EntityPhrase phrase : sentence.phrases()) {
          for (Box box : image.boxesOf(phrase)) {
            int category =
                categories.computeIfAbsent(phrase.types().get(0), type -> categories.size() + 1);
            ObjectNode annotation = annotations.addObject();
            annotation
                .put("id", annotations.size())
                .put("image_id", entry)
                .put("category_id", category)
                .put("iscrowd", 0)
                .put("area", box.area());
            annotation
                .putArray("bbox")
                .add(box.x1())
                .add(box.y1())
                .add(box.width())
                .add(box.height());
            annotation
                .putArray("tokens_positive")
                .addArray()
                .add(phrase.firstChar())
                .add(phrase.firstChar() + phrase.text().length());
          }
        }
      }
    }
    ArrayNode list = document.putArray("categories");
    categories.forEach((name, id) -> list.addObject().put("id", id).put("name", name));
    MAPPER.writeValue(file.toFile(), document);
  }

  /** Writes a split as ODVG lines with spans, its photos into {@code images}. */
  public static void writeOdvg(GroundingDataset data, String split, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String id : data.split(split)) {
      AnnotatedImage image = data.read(id);
      copyPhoto(data, id, file);
      for (EntitySentence sentence : image.sentences()) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("filename", id + ".jpg").put("height", image.height()).put("width", image.width());
        ObjectNode grounding = line.putObject("grounding").put("caption", sentence.text());
        ArrayNode regions = grounding.putArray("regions");
        for (EntityPhrase phrase : sentence.phrases()) {
          List<Box> boxes = image.boxesOf(phrase);
          if (!boxes.isEmpty()) {
            ObjectNode region = regions.addObject().put("phrase", phrase.text());
            ArrayNode all = region.putArray("bbox");
            boxes.forEach(b -> all.addArray().add(b.x1()).add(b.y1()).add(b.x2()).add(b.y2()));
            region
                .putArray("tokens_positive")
                .addArray()
                .add(phrase.firstChar())
                .add(phrase.firstChar() + phrase.text().length());
          }
        }
        lines.add(MAPPER.writeValueAsString(line));
      }
    }
    Files.write(file, lines);
  }

  private static void copyPhoto(GroundingDataset data, String id, Path file) throws IOException {
    Path images = Files.createDirectories(file.resolveSibling("images"));
    Files.copy(data.image(id), images.resolve(id + ".jpg"));
  }
}
