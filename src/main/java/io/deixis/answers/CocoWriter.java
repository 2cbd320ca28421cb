package io.deixis.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Rounded;
import io.deixis.grounding.ScoredBox;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers in the COCO results format ({@code cocodataset.org/#format-results}): one list of the
 * boxes of all photos, which pycocotools' {@code loadRes} takes beside a data set with the same
 * image ids. The format has no place for the names of files and categories, so each result carries
 * its own, which readers of the format pass over; {@link CocoDatasetWriter} has a place for them.
 */
@ApplicationScoped
public class CocoWriter implements AnswerWriter {

  private final ObjectMapper mapper;

  /** Creates the writer. */
  public CocoWriter(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * One box.
   *
   * @param imageId the photo's id as the caller counts them
   * @param fileName the photo's file name, if the caller gave one
   * @param categoryId the phrase's position in the query, counted from 1
   * @param phrase the phrase, which is the category's name
   * @param bbox {@code [x, y, width, height]} in pixels of the upright image
   * @param score calibrated probability in [0, 1]
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Result(
      @JsonProperty("image_id") long imageId,
      @JsonProperty("file_name") Optional<String> fileName,
      @JsonProperty("category_id") int categoryId,
      String phrase,
      List<Double> bbox,
      double score) {

    /** Copies the box. */
    public Result {
      bbox = List.copyOf(bbox);
    }
  }

  @Override
  public Format format() {
    return Format.of("coco", ".coco.json", Trait.SEVERAL_PHOTOS)
        .offeredAs("application/vnd.coco+json");
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    try (SequenceWriter list =
        mapper.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValuesAsArray(out)) {
      for (AnsweredPhoto photo : photos) {
        list.writeAll(results(photo));
      }
    }
  }

  /** Returns every box of a photo's answer, phrase after phrase, best first. */
  static List<Result> results(AnsweredPhoto photo) {
    List<Result> results = new ArrayList<>();
    List<GroundedPhrase> phrases = photo.answer().phrases();
    for (int i = 0; i < phrases.size(); i++) {
      for (ScoredBox scored : phrases.get(i).boxes()) {
        results.add(
            new Result(
                photo.imageId(),
                photo.file(),
                i + 1,
                phrases.get(i).text(),
                cornerAndSize(scored.box()),
                Rounded.score(scored.score())));
      }
    }
    return results;
  }

  /** The size is that of the rounded box, so that the far corner is where JSON has it. */
  private static List<Double> cornerAndSize(Box box) {
    double x = Rounded.pixels(box.x1());
    double y = Rounded.pixels(box.y1());
    return List.of(
        x,
        y,
        Rounded.pixels(Rounded.pixels(box.x2()) - x),
        Rounded.pixels(Rounded.pixels(box.y2()) - y));
  }
}
