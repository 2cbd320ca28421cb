package io.deixis.batch.evaluation;

import io.deixis.dataset.GroundingDataset;
import io.deixis.evaluation.Baseline;
import io.deixis.evaluation.PhrasePrediction;
import io.deixis.evaluation.answers.PredictionsFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code score} judges: a file of predictions, or answers that need no model. */
class ScoredAnswers {

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "A JSON list with one object for each phrase occurrence.")
  Path predictions;

  @Option(
      names = "--baseline",
      paramLabel = "whole-image|one-truth-box",
      converter = BaselineConverter.class,
      description = {
        "In place of a file, answers that need no model.",
        "whole-image: the floor, the whole image for every phrase.",
        "one-truth-box: an oracle that gives one of the phrase's own boxes; judged MERGED-BOXES it"
            + " is the most that a system of one box a phrase can reach."
      })
  Baseline baseline;

  /** Returns the answers for the images of a split. */
  List<PhrasePrediction> of(GroundingDataset data, List<String> ids) {
    return baseline == null
        ? PredictionsFile.read(predictions)
        : ids.stream().flatMap(id -> baseline.predictions(data.read(id)).stream()).toList();
  }

  /** Reads {@code whole-image} for {@link Baseline#WHOLE_IMAGE} and so on. */
  static final class BaselineConverter implements ITypeConverter<Baseline> {

    @Override
    public Baseline convert(String text) {
      for (Baseline baseline : Baseline.values()) {
        if (baseline.toString().equals(text)) {
          return baseline;
        }
      }
      throw new TypeConversionException("whole-image or one-truth-box, not '%s'".formatted(text));
    }
  }
}
