package io.deixis.evaluation.answers;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.PhraseCase;
import io.deixis.geometry.Box;
import io.deixis.metrics.Calibration;
import java.util.List;

/**
 * A phrase occurrence with its truth and a model's answer.
 *
 * @param sentence the line of its caption, from 0
 * @param firstChar where it begins in the caption, in UTF-16 units
 * @param phrase its words
 * @param chain the id of its coreference chain
 * @param types its entity types
 * @param truth its truth boxes, in pixels of the image as annotated
 * @param boxes the boxes found, best first, in the same pixels
 * @param scores their calibrated scores, as many as boxes
 * @param iou of the best box with a truth box, in [0, 1]; 0 if no box was found
 * @param outcome what became of the phrase
 */
public record AnsweredPhrase(
    int sentence,
    @JsonProperty("first_char") int firstChar,
    String phrase,
    String chain,
    List<String> types,
    List<Box> truth,
    List<Box> boxes,
    List<Double> scores,
    double iou,
    Outcome outcome) {

  /** Copies the lists. */
  public AnsweredPhrase {
    types = List.copyOf(types);
    truth = List.copyOf(truth);
    boxes = List.copyOf(boxes);
    scores = List.copyOf(scores);
  }

  static AnsweredPhrase of(PhraseCase answered, Calibration calibration) {
    return new AnsweredPhrase(
        answered.truth().sentence(),
        answered.truth().phrase().firstChar(),
        answered.truth().phrase().text(),
        answered.truth().phrase().chain(),
        answered.truth().phrase().types(),
        answered.truth().boxes(),
        answered.boxes(),
        answered.logits().stream().map(calibration::probability).toList(),
        answered.bestIou(),
        answered.outcome());
  }

  /** Returns the score of the best box; 0 if none was found. */
  double bestScore() {
    return scores.isEmpty() ? 0 : scores.get(0);
  }
}
