package io.deixis.answers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.Rounded;
import io.deixis.grounding.ScoredBox;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers as tasks of Label Studio with pre-annotations ({@code
 * labelstud.io/guide/predictions.html}): a list that its import takes, for a labelling
 * configuration with an {@code <Image name="image" value="$image"/>} and {@code <RectangleLabels
 * name="label" toName="image">}.
 */
@ApplicationScoped
public class LabelStudioWriter implements AnswerWriter {

  private static final double PERCENT = 100;

  private final ObjectMapper mapper;

  /** Creates the writer. */
  public LabelStudioWriter(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** A photo to annotate; {@code data.image} says where it is. */
  @RegisterForReflection
  public record Task(Map<String, String> data, List<Prediction> predictions) {}

  /**
   * The boxes that a model suggests for a task.
   *
   * @param score of the best box, in [0, 1]; 0 if there is none
   */
  @RegisterForReflection
  public record Prediction(
      @JsonProperty("model_version") String modelVersion, double score, List<Region> result) {

    /**
     * Returns an answer as suggestions.
     *
     * @param labels the label of each phrase, in the order of the phrases
     * @param from the name of the configuration's {@code RectangleLabels}
     * @param to the name of its {@code Image}
     */
    public static Prediction of(
        GroundingAnswer answer, List<String> labels, String from, String to) {
      List<Region> regions = new ArrayList<>();
      double best = 0;
      for (int i = 0; i < labels.size(); i++) {
        GroundedPhrase phrase = answer.phrases().get(i);
        for (ScoredBox box : phrase.boxes()) {
          // Not by a format, which would write the numbers in the digits of the machine's language.
          String id = "deixis-" + (i + 1) + "-" + (regions.size() + 1);
          regions.add(Region.of(id, box, labels.get(i), answer, from, to));
          best = Math.max(best, box.score());
        }
      }
      return new Prediction(
          answer.model().name() + " " + answer.model().version(), Rounded.score(best), regions);
    }
  }

  /** A box with its label. */
  @RegisterForReflection
  public record Region(
      String id,
      String type,
      @JsonProperty("from_name") String fromName,
      @JsonProperty("to_name") String toName,
      @JsonProperty("original_width") int originalWidth,
      @JsonProperty("original_height") int originalHeight,
      @JsonProperty("image_rotation") int imageRotation,
      double score,
      Rectangle value) {

    private static Region of(
        String id, ScoredBox scored, String label, GroundingAnswer answer, String from, String to) {
      Box box = scored.box().scaled(PERCENT / answer.width(), PERCENT / answer.height());
      return new Region(
          id,
          "rectanglelabels",
          from,
          to,
          answer.width(),
          answer.height(),
          0,
          Rounded.score(scored.score()),
          new Rectangle(box.x1(), box.y1(), box.width(), box.height(), 0, List.of(label)));
    }
  }

  /** A rectangle in percent of the upright photo's sides. */
  @RegisterForReflection
  public record Rectangle(
      double x,
      double y,
      double width,
      double height,
      double rotation,
      List<String> rectanglelabels) {}

  /** Over HTTP Label Studio has its own protocol. */
  @Override
  public Format format() {
    return Format.of("label-studio", ".label-studio.json", Trait.SEVERAL_PHOTOS);
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    try (SequenceWriter list =
        mapper.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValuesAsArray(out)) {
      for (AnsweredPhoto photo : photos) {
        List<String> labels =
            photo.answer().phrases().stream().map(GroundedPhrase::text).map(options::name).toList();
        list.write(
            new Task(
                Map.of("image", address(options.photoUrl(), photo.file().orElse(""))),
                List.of(Prediction.of(photo.answer(), labels, "label", "image"))));
      }
    }
  }

  /** Returns the address of a photo; in one that a browser asks for, its name is encoded. */
  private static String address(String prefix, String name) {
    boolean asked = prefix.startsWith("/") || prefix.startsWith("http");
    return prefix
        + (asked
            ? URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
            : name);
  }
}
