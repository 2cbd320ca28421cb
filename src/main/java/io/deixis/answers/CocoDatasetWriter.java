package io.deixis.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers as a COCO data set ({@code cocodataset.org/#format-data}): images, categories and
 * annotations, which pycocotools opens by itself. Phrases of the same words are one category; those
 * that are among the given classes have the class's number, counted from 1.
 */
@ApplicationScoped
public class CocoDatasetWriter implements AnswerWriter {

  private final ObjectMapper mapper;

  /** Creates the writer. */
  public CocoDatasetWriter(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * A data set.
   *
   * @param info what it is; pycocotools' {@code loadRes} wants it
   */
  @RegisterForReflection
  public record Dataset(
      Info info, List<Image> images, List<Category> categories, List<Annotation> annotations) {}

  /** What a data set is. */
  @RegisterForReflection
  public record Info(String description) {}

  /** A photo, its size in pixels as seen upright. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Image(
      long id, @JsonProperty("file_name") Optional<String> fileName, int width, int height) {}

  /** A phrase. */
  @RegisterForReflection
  public record Category(int id, String name) {}

  /**
   * A box.
   *
   * @param bbox {@code [x, y, width, height]} in pixels of the upright image
   * @param area in square pixels
   * @param iscrowd always 0
   * @param score calibrated probability in [0, 1]; an addition to the format
   */
  @RegisterForReflection
  public record Annotation(
      long id,
      @JsonProperty("image_id") long imageId,
      @JsonProperty("category_id") int categoryId,
      List<Double> bbox,
      double area,
      int iscrowd,
      double score) {}

  @Override
  public Format format() {
    return Format.of("coco-dataset", ".coco-dataset.json", Trait.SEVERAL_PHOTOS)
        .offeredAs("application/vnd.coco-dataset+json");
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    Map<String, Integer> categories = new LinkedHashMap<>();
    options.classes().forEach(name -> number(name, categories));
    List<Image> images = new ArrayList<>();
    List<Annotation> annotations = new ArrayList<>();
    for (AnsweredPhoto photo : photos) {
      images.add(
          new Image(
              photo.imageId(), photo.file(), photo.answer().width(), photo.answer().height()));
      photo.answer().phrases().forEach(phrase -> number(options.name(phrase.text()), categories));
      for (CocoWriter.Result box : CocoWriter.results(photo)) {
        annotations.add(
            new Annotation(
                annotations.size() + 1,
                box.imageId(),
                number(options.name(box.phrase()), categories),
                box.bbox(),
                box.bbox().get(2) * box.bbox().get(3),
                0,
                box.score()));
      }
    }
    List<Category> named =
        categories.entrySet().stream().map(c -> new Category(c.getValue(), c.getKey())).toList();
    mapper
        .writer()
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(
            out, new Dataset(new Info("Boxes found by Deixis"), images, named, annotations));
  }

  /** Returns the number of a category, counted from 1 in the order in which they come. */
  private static int number(String name, Map<String, Integer> categories) {
    return categories.computeIfAbsent(name, isNew -> categories.size() + 1);
  }
}
