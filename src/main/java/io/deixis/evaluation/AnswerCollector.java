package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundTruth;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.PhraseMatches;
import io.deixis.metrics.RecallAtK;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers, image by image, what a request would get for each phrase of a split and for phrases that
 * are not in the image.
 *
 * <p>Not thread-safe.
 */
public final class AnswerCollector implements Consumer<SplitGrounding.Grounded> {

  private final GroundingOptions options;
  private final List<PhraseCase> phrases = new ArrayList<>();
  private final List<Absent> absent = new ArrayList<>();
  private final Map<String, List<String>> typesByText = new HashMap<>();

  private record Absent(String image, AbsentQuestion question, double logit) {}

  /** Prepares to collect the answers to requests with these options; their threshold is ignored. */
  public AnswerCollector(GroundingOptions options) {
    this.options = options;
  }

  @Override
  public void accept(SplitGrounding.Grounded grounded) {
    AnnotatedImage image = grounded.image();
    for (GroundTruth truth : image.groundTruth()) {
      String text = truth.phrase().text();
      typesByText.putIfAbsent(text, truth.phrase().types());
      PhraseMatches best = grounded.matches().get(truth).best(options);
      PhraseMatches alone = grounded.alone().get(text);
      phrases.add(
          new PhraseCase(
              truth,
              image.sentences().get(truth.sentence()).text(),
              image.width(),
              image.height(),
              best.boxes(),
              best.logits().stream().map(Float::doubleValue).toList(),
              presence(alone),
              meets(truth, alone.boxes().get(0)),
              grounded.candidates(truth).stream().anyMatch(candidate -> meets(truth, candidate))));
    }
    grounded
        .negatives()
        .forEach(
            (question, matches) -> absent.add(new Absent(image.id(), question, presence(matches))));
  }

  /** Returns the logit that decides whether a phrase is in the image. */
  private static double presence(PhraseMatches matches) {
    return matches.logits().get(0);
  }

  /** Returns the answers of all images so far. */
  public EvaluatedSplit answers() {
    return new EvaluatedSplit(
        phrases,
        absent.stream()
            .map(
                phrase ->
                    new AbsentPhrase(
                        phrase.image,
                        phrase.question,
                        typesByText.getOrDefault(phrase.question.text(), List.of()),
                        phrase.logit))
            .toList());
  }

  private static boolean meets(GroundTruth truth, Box candidate) {
    return truth.boxes().stream().anyMatch(box -> box.iou(candidate) >= RecallAtK.STANDARD_IOU);
  }
}
