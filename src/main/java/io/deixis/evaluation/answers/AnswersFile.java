package io.deixis.evaluation.answers;

import io.deixis.evaluation.PhraseCase;
import io.deixis.evaluation.answers.AnsweredImage.AnsweredCaption;
import io.deixis.metrics.Calibration;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a model's answers, one JSON object a line and image:
 *
 * <pre>
 *   {"image": "36979", "width": 500, "height": 375,
 *    "captions": [{"sentence": 0, "text": "A man in a hat."}],
 *    "phrases": [{"sentence": 0, "first_char": 0, "phrase": "A man", "chain": "12",
 *                 "types": ["people"], "truth": [[172, 33, 400, 193]],
 *                 "boxes": [[170.5, 30, 402, 190]], "scores": [0.93], "iou": 0.91,
 *                 "outcome": "HIT"}]}
 * </pre>
 */
public final class AnswersFile {

  /** The file's name in the folder of a report. */
  public static final String NAME = "answers.ndjson";

  /** The folder beside it in which photos may be, each named by its image's id alone. */
  public static final String PHOTOS = "photos";

  private AnswersFile() {}

  /**
   * Writes a file.
   *
   * @param file to write
   * @param answers in the order of their images
   * @param calibration from their logits to scores
   */
  public static void write(Path file, List<PhraseCase> answers, Calibration calibration)
      throws IOException {
    Map<String, List<PhraseCase>> byImage = new LinkedHashMap<>();
    answers.forEach(
        answer ->
            byImage.computeIfAbsent(answer.truth().image(), id -> new ArrayList<>()).add(answer));
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (List<PhraseCase> image : byImage.values()) {
        writer.write(AnswersJson.MAPPER.writeValueAsString(image(image, calibration)));
        writer.write('\n');
      }
    }
  }

  private static AnsweredImage image(List<PhraseCase> phrases, Calibration calibration) {
    PhraseCase first = phrases.get(0);
    Map<Integer, String> captions = new TreeMap<>();
    phrases.forEach(phrase -> captions.put(phrase.truth().sentence(), phrase.caption()));
    return new AnsweredImage(
        first.truth().image(),
        first.width(),
        first.height(),
        captions.entrySet().stream()
            .map(caption -> new AnsweredCaption(caption.getKey(), caption.getValue()))
            .toList(),
        phrases.stream().map(phrase -> AnsweredPhrase.of(phrase, calibration)).toList());
  }
}
