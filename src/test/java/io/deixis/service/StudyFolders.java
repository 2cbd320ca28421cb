package io.deixis.service;

import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.evaluation.PhraseCase;
import io.deixis.evaluation.answers.AnswersFile;
import io.deixis.geometry.Box;
import io.deixis.metrics.Calibration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Made-up evaluations and trainings for the pages that show some. */
public final class StudyFolders {

  /** Images of the evaluation {@code made-up}. */
  public static final int IMAGES = 60;

  /** A caption and an image's id that must stay text. */
  public static final String HOSTILE = "<script>alert(1)</script> \"><img src=x>";

  private StudyFolders() {}

  /** Writes evaluations into {@code folder}: {@code made-up}, and {@code old} without answers. */
  public static void writeEvaluations(Path folder) {
    try {
      Path run = Files.createDirectories(folder.resolve("made-up"));
      Files.writeString(run.resolve("report.json"), report());
      AnswersFile.write(run.resolve(AnswersFile.NAME), answers(), Calibration.IDENTITY);
      Path photos = Files.createDirectories(run.resolve(AnswersFile.PHOTOS));
      Files.write(photos.resolve("image0"), Photos.png(400, 300));
      Files.writeString(photos.resolve("image1"), "no photo");
      Path old = Files.createDirectories(folder.resolve("old"));
      Files.writeString(old.resolve("report.json"), report());
      Path broken = Files.createDirectories(folder.resolve("broken"));
      Files.writeString(broken.resolve("report.json"), "{");
      Files.writeString(folder.resolve("secret"), "not for browsers");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the trainings {@code first} and {@code second} into {@code folder}. */
  public static void writeTrainings(Path folder) {
    try {
      for (String name : List.of("first", "second")) {
        Path run = Files.createDirectories(folder.resolve(name));
        StringBuilder metrics =
            new StringBuilder("stage,epoch,step,loss,learning_rate,held-out_recall@1\n");
        for (int step = 1; step <= 40; step++) {
          metrics.append(metricsRow(step));
        }
        metrics.append("matching,2,40,,,0.625\n");
        Files.writeString(run.resolve("metrics.csv"), metrics);
        Files.writeString(
            run.resolve("batch-samples.ndjson"),
            """
            {"stage":"matching","epoch":2,"step":21,"image":"7","phrases":[{"text":"<b>a man</b>",\
            "positives":2,"best":[{"box":[0.1,0.2,0.5,0.9],"score":0.8,"positive":true},\
            {"box":[0.4,0.2,0.9,0.6],"score":0.3,"positive":false}]}]}
            """);
      }
      heartbeat(folder.resolve("first"), "working", Instant.now().plusSeconds(86_400));
      heartbeat(folder.resolve("second"), "working", Instant.EPOCH);
      Files.createDirectories(folder.resolve("empty"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the sign of life of a training. */
  public static void heartbeat(Path run, String state, Instant written) throws IOException {
    Files.writeString(
        run.resolve("heartbeat.json"),
        """
        {"state": "%s", "stage": "matching", "done": 40, "total": 160,
         "sentence": "The bundle is in models/NAME.", "written": "%s"}
        """
            .formatted(state, written));
  }

  /** Returns a row of {@code metrics.csv}. */
  public static String metricsRow(int step) {
    return String.format(
        Locale.ROOT,
        "matching,%d,%d,%.4f,%.2e,%n",
        1 + step / 21,
        step,
        1 + 8.0 / step,
        1e-3 * (1 - step / 100.0));
  }

  /** Every third phrase is missed, and the later an image comes the better is it answered. */
  private static List<PhraseCase> answers() {
    List<PhraseCase> answers = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      String id = image == IMAGES - 1 ? HOSTILE : "image" + image;
      Box truth = new Box(40, 60, 240, 260);
      Box near = new Box(40 + 60.0 * (IMAGES - image) / IMAGES, 60, 240, 260);
      Box far = new Box(300, 20, 380, 120);
      answers.add(answer(id, 0, "A man", "people", List.of(truth), near, 1));
      answers.add(answer(id, 0, "a hat", "clothing", List.of(far), near, -1));
      answers.add(answer(id, 1, "two dogs", "animals", List.of(truth, far), far, 0));
      if (image == IMAGES - 1) {
        answers.add(answer(id, 2, HOSTILE, "people", List.of(truth), near, 2));
      }
    }
    return answers;
  }

  private static PhraseCase answer(
      String image,
      int sentence,
      String text,
      String type,
      List<Box> truth,
      Box found,
      double logit) {
    String[] before = {"A man wears ", "Here are ", ""};
    boolean first = text.equals("A man");
    String caption = sentence == 0 ? "A man wears a hat." : before[sentence] + text + ".";
    return new PhraseCase(
        new GroundTruth(
            image,
            sentence,
            new EntityPhrase("1", List.of(type), text, first ? 0 : before[sentence].length()),
            truth),
        caption,
        400,
        300,
        List.of(found, new Box(0, 0, 100, 100)),
        List.of(logit, logit - 1),
        logit,
        truth.stream().anyMatch(box -> box.iou(found) >= 0.5),
        true);
  }

  private static String report() {
    return """
    {"model": "deixis-test", "version": "1", "split": "val",
     "recall": {"anyBox": {"all": {"phrases": 181, "atK": [{"hits": 121}]}}},
     "scores": {"natural": {"matrix": {"f1": 0.5}}}}
    """;
  }
}
