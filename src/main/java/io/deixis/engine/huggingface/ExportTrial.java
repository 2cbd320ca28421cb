package io.deixis.engine.huggingface;

import io.deixis.engine.huggingface.ImportException.Reason;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.published.Detector;
import io.deixis.engine.published.Detector.Detections;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.MemoryShortage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Runs an export with one, two and three phrases, to see that it answers each by itself.
 *
 * <p>OWL answers a phrase alone as it does among others. Grounding DINO does not, since photo and
 * text meet; but its phrases have no order, so that "A. B." and "B. A." get the same scores, unless
 * the masks that keep phrases apart were written into the file for one text.
 */
final class ExportTrial {

  private static final String A = "a red square";
  private static final String B = "a photo of a blue circle on the left";
  private static final String C = "dog";

  private static final List<List<String>> OF_EACH_NUMBER =
      List.of(List.of(A), List.of(B, A), List.of(C, A, B));

  /** The same phrases in another order. */
  private static final List<List<String>> TURNED =
      List.of(List.of(A), List.of(A, B), List.of(B, C, A));

  /** Scores of graphs that are right differ by rounding; of others by a tenth and more. */
  private static final double TOLERANCE = 2e-3;

  private static final long SEED = 1;

  private final Detector detector;
  private final boolean fused;
  private final String graph;

  /**
   * Prepares a trial.
   *
   * @param graph what the export is called in messages
   */
  ExportTrial(Detector detector, boolean fused, String graph) {
    this.detector = detector;
    this.fused = fused;
    this.graph = graph;
  }

  /**
   * Runs the trial with photos of two shapes.
   *
   * @param hint what else may mend an export that cannot be run, as the end of a sentence; empty
   *     for nothing
   * @throws ImportException if the export answers none or wrongly
   */
  void run(String hint) {
    for (UprightImage photo : List.of(noise(90, 60), noise(50, 110))) {
      Detector.EncodedPhoto encoded = tried(() -> detector.encode(photo));
      int failed = 0;
      EngineException failure = null;
      for (int number = 0; number < OF_EACH_NUMBER.size(); number++) {
        try {
          compare(encoded, OF_EACH_NUMBER.get(number), number);
        } catch (EngineException e) {
          if (MemoryShortage.of(e).isPresent()) {
            throw e;
          }
          failed++;
          failure = e;
        }
      }
      if (failed == OF_EACH_NUMBER.size()) {
        throw new ImportException(
            Reason.UNSUPPORTED, failure.problem(), hint + failure.remedy(), failure);
      }
      if (failed > 0) {
        throw wrong("runs only with the number of phrases that it was exported with", failure);
      }
    }
  }

  private void compare(Detector.EncodedPhoto photo, List<String> phrases, int number) {
    List<Detections> found = answers(photo, phrases);
    List<String> others = fused ? TURNED.get(number) : phrases;
    List<Detections> again =
        fused
            ? others.equals(phrases) ? found : answers(photo, others)
            : phrases.stream().map(phrase -> answers(photo, List.of(phrase)).get(0)).toList();
    for (int i = 0; i < phrases.size(); i++) {
      double[] one = scores(found.get(i));
      double[] other = scores(again.get(others.indexOf(phrases.get(i))));
      if (fused) {
        Arrays.sort(one);
        Arrays.sort(other);
      }
      double difference = 0;
      for (int j = 0; j < one.length; j++) {
        difference += Math.abs(one[j] - other[j]) / one.length;
      }
      if (!(difference < TOLERANCE)) {
        throw wrong(
            fused
                ? "answers a phrase by its place among others: masks of one text were written into"
                    + " it"
                : "answers a phrase among others unlike the phrase alone",
            null);
      }
    }
  }

  private List<Detections> answers(Detector.EncodedPhoto photo, List<String> phrases) {
    List<Detections> found = detector.match(photo, detector.encode(phrases));
    for (Detections each : found) {
      boolean boxes = true;
      for (float edge : each.boxes()) {
        boxes &= Float.isFinite(edge) && Math.abs(edge) < 100;
      }
      boolean logits = true;
      for (float logit : each.logits()) {
        logits &= !Float.isNaN(logit);
      }
      if (!boxes || !logits || each.logits().length * 4 != each.boxes().length) {
        throw wrong("gives boxes or scores that are no numbers", null);
      }
    }
    return found;
  }

  private ImportException wrong(String how, Throwable cause) {
    return new ImportException(
        Reason.WRONG_EXPORT,
        "The export %s %s".formatted(graph, how),
        "export the model again with models/export/%s."
            .formatted(fused ? "grounding_dino.py" : "owl.py"),
        cause);
  }

  private static <T> T tried(java.util.function.Supplier<T> part) {
    try {
      return part.get();
    } catch (EngineException e) {
      if (MemoryShortage.of(e).isPresent()) {
        throw e;
      }
      throw new ImportException(Reason.UNSUPPORTED, e.problem(), e.remedy(), e);
    }
  }

  private static double[] scores(Detections found) {
    double[] scores = new double[found.logits().length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1 / (1 + Math.exp(-found.logits()[i]));
    }
    return scores;
  }

  private static UprightImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(SEED).nextBytes(rgb);
    return new UprightImage(width, height, rgb);
  }
}
