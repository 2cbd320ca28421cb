package io.deixis.service.training;

import io.deixis.answers.Drawing.Rectangle;
import io.deixis.evaluation.report.Printed;
import io.deixis.geometry.Box;
import io.deixis.runlog.BatchSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sample of a batch: the phrases of one image, and how the weights matched them before the step.
 *
 * @param stage the stage's name
 * @param step the step, thousands set apart
 * @param image the image's id
 * @param phrases its phrases
 */
public record SampleView(String stage, String step, String image, List<PhraseView> phrases) {

  /** Width of the canvas that boxes are drawn on; photos' sides are not known here. */
  public static final int WIDTH = 400;

  /** Height of the canvas. */
  public static final int HEIGHT = 300;

  /**
   * A phrase.
   *
   * @param text its words
   * @param right how many of the batch's candidates are right
   * @param candidates those with the highest scores, worst first, so that the best lie on top
   * @param verdict the scores in words, best first
   */
  public record PhraseView(String text, int right, List<CandidateView> candidates, String verdict) {

    /** Returns the candidate whose score is written; null if there is none. */
    public CandidateView best() {
      return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
    }
  }

  /**
   * A candidate on the canvas.
   *
   * @param box its place
   * @param right whether it is right
   * @param score two decimals
   * @param textX where the score is written
   * @param textY the score's baseline
   */
  public record CandidateView(
      Rectangle box, boolean right, String score, String textX, String textY) {}

  /** Prepares a sample for the page. */
  static SampleView of(BatchSample sample) {
    return new SampleView(
        sample.stage(),
        Printed.count(sample.step()),
        sample.image(),
        sample.phrases().stream().map(SampleView::phrase).toList());
  }

  private static PhraseView phrase(BatchSample.Phrase phrase) {
    List<CandidateView> candidates = new ArrayList<>();
    for (BatchSample.Candidate candidate : phrase.best()) {
      candidates.add(0, candidate(candidate));
    }
    return new PhraseView(phrase.text(), phrase.positives(), candidates, phrase.scores());
  }

  private static CandidateView candidate(BatchSample.Candidate candidate) {
    float[] edges = candidate.box();
    Box box = new Box(edges[0], edges[1], edges[2], edges[3]).scaled(WIDTH, HEIGHT);
    return new CandidateView(
        Rectangle.of(box),
        candidate.positive(),
        Printed.level(candidate.score()),
        String.format(Locale.ROOT, "%.1f", Math.min(box.x1() + 5, WIDTH - 42)),
        String.format(Locale.ROOT, "%.1f", Math.min(box.y1() + 19, HEIGHT - 5)));
  }
}
