package io.deixis.evaluation;

import io.deixis.evaluation.AbsentQuestion.Origin;
import io.deixis.grounding.GroundingOptions;
import io.deixis.metrics.Auroc;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.RecallAtK;
import io.deixis.metrics.ScoreMetrics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A metric of a split that can be computed for any resample of its images, without new answers. */
@FunctionalInterface
public interface ImageMetric {

  /** Recall@k with any truth box, by this and its k. */
  String RECALL = "recall@";

  /**
   * The AUROC of the best box's score, which tells phrases of the image from absent ones; by this
   * and the origin of the absent ones.
   */
  String AUROC = "auroc, ";

  /** The expected calibration error of the boxes that a request without options gets. */
  String CALIBRATION = "calibration error";

  /** Returns the metric of a resample, given how often each image was drawn. */
  double of(int[] draws);

  /** Returns the metric of all images, each once. */
  default double ofAll(int images) {
    int[] draws = new int[images];
    Arrays.fill(draws, 1);
    return of(draws);
  }

  /**
   * Returns the metrics of a model's answers by name. Those of absent phrases are left out where
   * none was asked for.
   *
   * @param answers with {@value ModelEvaluation#BOXES} boxes for each phrase
   * @param ids the images in the order of their draws
   */
  static Map<String, ImageMetric> all(
      EvaluatedSplit answers, Calibration calibration, List<String> ids) {
    Map<String, Integer> places = new HashMap<>();
    ids.forEach(id -> places.put(id, places.size()));
    Map<String, ImageMetric> metrics = new LinkedHashMap<>();
    for (int k : RecallAtK.STANDARD_KS) {
      metrics.put(RECALL + k, recall(answers, k, places));
    }
    for (Origin origin : Origin.values()) {
      List<AbsentPhrase> absent = answers.absent(origin);
      if (origin != Origin.OPPOSITE && !absent.isEmpty() && !answers.phrases().isEmpty()) {
        metrics.put(AUROC + origin.title(), auroc(answers, absent, calibration, places));
      }
    }
    metrics.put(CALIBRATION, calibrationError(answers, calibration, places));
    return metrics;
  }

  private static ImageMetric recall(EvaluatedSplit answers, int k, Map<String, Integer> places) {
    int[] hits = new int[places.size()];
    int[] phrases = new int[places.size()];
    for (PhraseCase phrase : answers.phrases()) {
      int image = places.get(phrase.truth().image());
      phrases[image]++;
      for (int box = 0; box < Math.min(k, phrase.boxes().size()); box++) {
        if (phrase.hit(box)) {
          hits[image]++;
          break;
        }
      }
    }
    return draws -> {
      long hit = 0;
      long total = 0;
      for (int image = 0; image < draws.length; image++) {
        hit += (long) draws[image] * hits[image];
        total += (long) draws[image] * phrases[image];
      }
      return total == 0 ? 0 : (double) hit / total;
    };
  }

  /** As a row of {@link EvaluatedSplit#absenceTable}. */
  private static ImageMetric auroc(
      EvaluatedSplit answers,
      List<AbsentPhrase> absent,
      Calibration calibration,
      Map<String, Integer> places) {
    Auroc area = new Auroc();
    for (PhraseCase phrase : answers.phrases()) {
      area.update(
          places.get(phrase.truth().image()), calibration.probability(phrase.aloneLogit()), true);
    }
    for (AbsentPhrase phrase : absent) {
      area.update(places.get(phrase.image()), calibration.probability(phrase.logit()), false);
    }
    return area::of;
  }

  /** As {@link io.deixis.metrics.CalibrationError}, its bins summed up image by image. */
  private static ImageMetric calibrationError(
      EvaluatedSplit answers, Calibration calibration, Map<String, Integer> places) {
    int bins = ScoreMetrics.RELIABILITY_BINS;
    double[][] gaps = new double[places.size()][bins];
    int[] boxes = new int[places.size()];
    boxes(
        answers,
        calibration,
        (image, score, right) -> {
          int place = places.get(image);
          gaps[place][Math.min((int) (score * bins), bins - 1)] += score - (right ? 1 : 0);
          boxes[place]++;
        });
    return draws -> {
      double error = 0;
      for (int bin = 0; bin < bins; bin++) {
        double gap = 0;
        for (int image = 0; image < draws.length; image++) {
          gap += draws[image] * gaps[image][bin];
        }
        error += Math.abs(gap);
      }
      long total = 0;
      for (int image = 0; image < draws.length; image++) {
        total += (long) draws[image] * boxes[image];
      }
      return total == 0 ? 0 : error / total;
    };
  }

  /** Receives boxes. */
  interface BoxConsumer {

    /** Takes a box of an image, its calibrated score, and whether it meets a truth box. */
    void accept(String image, double score, boolean right);
  }

  /**
   * Tells the boxes that requests without options get, and the best box of each absent phrase, as
   * {@link EvaluatedSplit#boxCases} does for answers of as many boxes.
   */
  static void boxes(EvaluatedSplit answers, Calibration calibration, BoxConsumer consumer) {
    int most = GroundingOptions.DEFAULTS.top();
    for (PhraseCase phrase : answers.phrases()) {
      for (int box = 0; box < Math.min(most, phrase.boxes().size()); box++) {
        consumer.accept(
            phrase.truth().image(),
            calibration.probability(phrase.logits().get(box)),
            phrase.hit(box));
      }
    }
    for (AbsentPhrase phrase : answers.tunedOn()) {
      consumer.accept(phrase.image(), calibration.probability(phrase.logit()), false);
    }
  }
}
