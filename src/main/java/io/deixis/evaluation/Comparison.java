package io.deixis.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.deixis.evaluation.AbsentQuestion.Origin;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.CalibrationError;
import io.deixis.metrics.ClusterBootstrap;
import io.deixis.metrics.Interval;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ScoreMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Models side by side on one split. Intervals are bootstrapped over images. Differences are those
 * of the same resamples for both models, so that what makes an image hard for all does not blur
 * them (paired bootstrap).
 *
 * @param split the split's name
 * @param images how many it has
 * @param phrases how many phrase occurrences with a box
 * @param absent how many phrases were asked of images that do not show them
 * @param models in the order in which they were named
 * @param differences of every model but the first to the first
 * @see ImageMetric for the names of metrics
 */
public record Comparison(
    String split,
    int images,
    int phrases,
    int absent,
    List<Model> models,
    List<Difference> differences) {

  /** Copies the lists. */
  public Comparison {
    models = List.copyOf(models);
    differences = List.copyOf(differences);
  }

  /**
   * A metric.
   *
   * @param value of the whole split
   * @param interval its 95 % interval
   */
  public record Estimate(double value, Interval interval) {}

  /**
   * A model.
   *
   * @param name of its bundle
   * @param version of its bundle
   * @param metrics by name
   * @param recallByType Recall@1 by entity type, those with more phrases first
   * @param reliability of its calibrated scores
   * @param cost of its answers
   */
  public record Model(
      String name,
      String version,
      Map<String, Estimate> metrics,
      Map<String, Double> recallByType,
      CalibrationError.Result reliability,
      Cost cost) {}

  /**
   * How much more one model has than another.
   *
   * @param model the one
   * @param than the other
   * @param metrics the differences by name
   */
  public record Difference(String model, String than, Map<String, Estimate> metrics) {

    /** Returns the metrics whose interval does not hold 0. */
    @JsonIgnore
    public List<String> certain() {
      return metrics.entrySet().stream()
          .filter(
              metric ->
                  metric.getValue().interval().low() > 0 || metric.getValue().interval().high() < 0)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /**
   * A model's answers, to be compared.
   *
   * @param name of its bundle
   * @param version of its bundle
   * @param result its evaluation
   * @param answers to the same split, as {@link AnswerCollector} gathers them with {@link
   *     ModelEvaluation#OPTIONS}
   * @param calibration from logits to scores
   * @param cost of its answers
   */
  public record Candidate(
      String name,
      String version,
      ModelEvaluation.Result result,
      EvaluatedSplit answers,
      Calibration calibration,
      Cost cost) {}

  /**
   * Compares models.
   *
   * @param split the split's name
   * @param ids its images
   * @param candidates the models' answers to it, at least one
   * @param seed of the bootstrap
   */
  public static Comparison of(
      String split, List<String> ids, List<Candidate> candidates, long seed) {
    List<Judged> judged = candidates.stream().map(c -> Judged.of(c, ids, seed)).toList();
    Judged first = judged.get(0);
    EvaluatedSplit answers = first.candidate.answers();
    return new Comparison(
        split,
        ids.size(),
        answers.phrases().size(),
        answers.absent().size(),
        judged.stream().map(Judged::model).toList(),
        judged.stream().skip(1).map(other -> other.minus(first)).toList());
  }

  /** A model with the values of its metrics on every resample of the images. */
  private record Judged(Candidate candidate, Model model, Map<String, double[]> resamples) {

    static Judged of(Candidate candidate, List<String> ids, long seed) {
      Map<String, double[]> resamples = new LinkedHashMap<>();
      Map<String, Estimate> estimates = new LinkedHashMap<>();
      ImageMetric.all(candidate.answers(), candidate.calibration(), ids)
          .forEach(
              (name, metric) -> {
                double[] values = ClusterBootstrap.resamples(ids.size(), seed, metric::of);
                resamples.put(name, values);
                estimates.put(
                    name,
                    new Estimate(metric.ofAll(ids.size()), ClusterBootstrap.interval(values)));
              });
      Map<String, Double> byType = new LinkedHashMap<>();
      for (RecallTable.Row type : candidate.result().score().anyBox().types()) {
        byType.put(type.name(), type.atK().get(0).value());
      }
      Model model =
          new Model(
              candidate.name(),
              candidate.version(),
              estimates,
              byType,
              reliability(candidate),
              candidate.cost());
      return new Judged(candidate, model, resamples);
    }

    Difference minus(Judged other) {
      Map<String, Estimate> differences = new LinkedHashMap<>();
      model
          .metrics()
          .forEach(
              (name, estimate) -> {
                if (isComparable(name, other)) {
                  double[] paired = resamples.get(name).clone();
                  Arrays.setAll(paired, i -> paired[i] - other.resamples.get(name)[i]);
                  differences.put(
                      name,
                      new Estimate(
                          estimate.value() - other.model.metrics().get(name).value(),
                          ClusterBootstrap.interval(paired)));
                }
              });
      return new Difference(model.name(), other.model.name(), differences);
    }

    /**
     * Whether a metric is of the same questions to both models: siblings differ where one of them
     * was not trained with some kind of them.
     */
    private boolean isComparable(String name, Judged other) {
      return Arrays.stream(Origin.values())
          .filter(origin -> name.equals(ImageMetric.AUROC + origin.title()))
          .allMatch(origin -> questions(origin).equals(other.questions(origin)));
    }

    private Set<List<String>> questions(Origin origin) {
      return candidate.answers().absent(origin).stream()
          .map(phrase -> List.of(phrase.image(), phrase.question().text()))
          .collect(Collectors.toSet());
    }

    private static CalibrationError.Result reliability(Candidate candidate) {
      CalibrationError error = new CalibrationError(ScoreMetrics.RELIABILITY_BINS);
      ImageMetric.boxes(
          candidate.answers(),
          candidate.calibration(),
          (image, score, right) -> error.update(score, right));
      return error.compute();
    }
  }

  /** Returns the names of the metrics that any model has. */
  @JsonIgnore
  public List<String> metrics() {
    return models.stream().flatMap(m -> m.metrics().keySet().stream()).distinct().toList();
  }
}
