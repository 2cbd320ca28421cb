package io.deixis.engine.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deixis.dataset.DatasetException;
import io.deixis.files.RoundedNumbers;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.RecallReport;
import io.deixis.metrics.ScoreReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@code evaluation} of a bundle: JSON documents that tell how the model was judged.
 *
 * @param directory the folder, which need not be there
 */
public record EvaluationFolder(Path directory) {

  /** The folder's name in a bundle. */
  public static final String NAME = "evaluation";

  /** Recall on validation: what {@code evaluate --json} prints. */
  public static final String RECALL = "val.json";

  /** What thresholds buy: what {@code sweep} and {@code calibrate} write. */
  public static final String SCORES = "scores.json";

  /** A list of ablations. */
  public static final String ABLATION = "ablation.json";

  /** The curves of the training: what {@code train} writes, in the columns of its metrics. */
  public static final String TRAINING = "training.csv";

  private static final int DECIMALS = 6;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(RoundedNumbers.module(DECIMALS))
          .build();

  /** Returns the folder of the bundle in {@code bundle}. */
  public static EvaluationFolder of(Path bundle) {
    return new EvaluationFolder(bundle.resolve(NAME));
  }

  /** Returns where the curves of the training are, whether or not they are there. */
  public Path training() {
    return directory.resolve(TRAINING);
  }

  /**
   * Returns a report as a document of this folder, numbers rounded to millionths.
   *
   * @param report a {@link RecallReport} or a {@link ScoreReport}
   */
  public static byte[] document(Record report) {
    try {
      return (JSON.writeValueAsString(report) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Reads what there is.
   *
   * @throws DatasetException if a file is there but cannot be understood
   */
  public BundleEvaluation read() {
    return new BundleEvaluation(
        read(RECALL, new TypeReference<RecallReport>() {})
            .filter(report -> report.score() != null && report.candidates() != null)
            .orElse(null),
        read(SCORES, new TypeReference<ScoreReport>() {}).orElse(null),
        read(ABLATION, new TypeReference<List<Ablation>>() {}).orElse(List.of()));
  }

  /**
   * Reads what there is, and leaves out scores that were computed with another calibration.
   *
   * @param calibration the model's
   * @throws DatasetException as {@link #read()}
   */
  public BundleEvaluation read(Calibration calibration) {
    BundleEvaluation all = read();
    boolean ofThisModel = all.scores() != null && near(all.scores().calibration(), calibration);
    return new BundleEvaluation(all.recall(), ofThisModel ? all.scores() : null, all.ablation());
  }

  private <T> Optional<T> read(String name, TypeReference<T> type) {
    Path file = directory.resolve(name);
    try {
      return Optional.ofNullable(JSON.readValue(Files.readString(file), type));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new DatasetException(
          "%s cannot be understood%s; write it again or take it away."
              .formatted(
                  file, e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be read: check its permissions.".formatted(file), e);
    }
  }

  /** Numbers were rounded as they were written. */
  private static boolean near(Calibration one, Calibration other) {
    double tolerance = Math.pow(10, -DECIMALS);
    return Math.abs(one.scale() - other.scale()) <= tolerance
        && Math.abs(one.bias() - other.bias()) <= tolerance;
  }
}
