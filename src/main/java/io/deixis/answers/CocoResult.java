package io.deixis.answers;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One detection in the COCO results format ({@code cocodataset.org/#format-results}); a document is
 * a list of these. The member {@code phrase} is an addition, which readers of the format skip.
 *
 * @param imageId the image's id as the caller counts them
 * @param categoryId the phrase's position in the query, counted from 1
 * @param phrase the phrase
 * @param bbox {@code [x, y, width, height]} in pixels of the upright image
 * @param score calibrated probability in [0, 1]
 */
@RegisterForReflection
public record CocoResult(
    @JsonProperty("image_id") long imageId,
    @JsonProperty("category_id") int categoryId,
    String phrase,
    List<Double> bbox,
    double score) {

  /** Copies the box. */
  public CocoResult {
    bbox = List.copyOf(bbox);
  }

  /**
   * Returns every box of {@code answer}, phrase after phrase, best first.
   *
   * @param imageId the image's id as the caller counts them
   */
  public static List<CocoResult> of(AnswerDocument answer, long imageId) {
    List<CocoResult> results = new ArrayList<>();
    for (int i = 0; i < answer.phrases().size(); i++) {
      AnswerDocument.PhraseAnswer phrase = answer.phrases().get(i);
      for (AnswerDocument.BoxAnswer box : phrase.boxes()) {
        results.add(
            new CocoResult(imageId, i + 1, phrase.text(), cornerAndSize(box.box()), box.score()));
      }
    }
    return results;
  }

  private static List<Double> cornerAndSize(List<Double> box) {
    return List.of(
        box.get(0),
        box.get(1),
        difference(box.get(2), box.get(0)),
        difference(box.get(3), box.get(1)));
  }

  /** Subtracts in decimals, so that edges of one decimal give a size of one decimal. */
  private static double difference(double far, double near) {
    return BigDecimal.valueOf(far)
        .subtract(BigDecimal.valueOf(near))
        .setScale(1, RoundingMode.HALF_EVEN)
        .doubleValue();
  }
}
