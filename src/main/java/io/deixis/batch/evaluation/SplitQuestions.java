package io.deixis.batch.evaluation;

import io.deixis.engine.bundle.BundleManifest;
import io.deixis.evaluation.AnswerCollector;
import io.deixis.evaluation.ModelEvaluation;
import io.deixis.evaluation.SplitGrounding;
import io.deixis.evaluation.report.PlainText;
import io.deixis.language.QueryReader;
import io.deixis.metrics.AbsenceTable;
import java.io.Serializable;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the images of a split are asked for, and in which words: options of an evaluation. */
public final class SplitQuestions {

  @Option(
      names = "--alone",
      description =
          "Ask for each phrase by itself, as if somebody typed only that, not as its sentence says"
              + " it.")
  boolean alone;

  @Option(
      names = "--as-queries",
      description =
          "Ask for each phrase as a query that somebody typed: it is read (\"the second dog from"
              + " the left\") and resolved. For data sets of dataset questions.")
  boolean asQueries;

  @Option(
      names = "--absent",
      description =
          "Also ask each image for phrases that it does not show: of another image, siblings of its"
              + " own phrases (\"a woman\" for \"a man\"), or what the data names as absent; and"
              + " print how they are told. A report always does.")
  boolean absent;

  @Mixin UnseenKinds unseen = new UnseenKinds();

  /**
   * How a run asks.
   *
   * @param alone whether each phrase is read by itself
   * @param asQueries whether each is read as a query that somebody typed
   * @param unseenKinds kinds of siblings that the model was not trained with
   */
  public record Manner(boolean alone, boolean asQueries, List<String> unseenKinds)
      implements Serializable {

    /** Returns the run that asks in this manner. */
    public SplitGrounding of(SplitGrounding grounding, QueryReader reader) {
      SplitGrounding told = grounding.withUnseenKinds(unseenKinds);
      return asQueries ? told.asQueries(reader) : alone ? told.withoutSentences() : told;
    }
  }

  /** Returns how a model is asked. */
  public Manner manner(BundleManifest manifest) {
    return new Manner(alone, asQueries, unseen.of(manifest));
  }

  /** Returns whether images are also asked for phrases that they do not show. */
  public boolean absent() {
    return absent;
  }

  /**
   * Returns how well absent phrases were recognised.
   *
   * @param seed of the confidence intervals
   */
  public static AbsenceTable absence(AnswerCollector answers, BundleManifest manifest, long seed) {
    return answers.answers().absenceTable(manifest.calibration(), manifest.best(), seed);
  }

  /**
   * Returns the scores as text.
   *
   * @param absence how well absent phrases were recognised; null if none was asked for
   */
  public String text(ModelEvaluation.Result result, AbsenceTable absence) {
    StringBuilder text =
        new StringBuilder(PlainText.of(result.score()))
            .append(
                "\nNo matching could reach more: phrases of which any candidate region is right\n")
            .append(PlainText.ofBounds(result.candidates()));
    if (asQueries) {
      text.append("\nEvery truth box of a phrase met: for questions that ask for several\n")
          .append(PlainText.of(result.every()));
    }
    if (absence != null) {
      text.append('\n').append(PlainText.of(absence));
    }
    return text.toString();
  }
}
