package io.deixis.service;

import io.deixis.answers.AnswerDocument;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.TypeThresholds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** Answers by the thresholds of the configuration. */
@ApplicationScoped
public class ConfiguredThresholds {

  private final ThresholdConfig config;
  private final Grounder grounder;

  ConfiguredThresholds(ThresholdConfig config, Grounder grounder) {
    this.config = config;
    this.grounder = grounder;
  }

  /**
   * Returns the thresholds as scores.
   *
   * @param model whose names they may use
   */
  public TypeThresholds of(ModelDescription model) {
    double all = config.all().resolve(model.thresholds());
    Map<String, Double> types = new TreeMap<>();
    config
        .types()
        .forEach((type, threshold) -> types.put(type, resolve(type, threshold, model, all)));
    return new TypeThresholds(all, types);
  }

  /** A type's own tuned threshold goes before that of all types; a model need not have one. */
  private static double resolve(
      String type, Threshold threshold, ModelDescription model, double all) {
    if (threshold.equals(Threshold.BEST)) {
      return model.thresholds().getOrDefault(ModelDescription.bestOf(type), all);
    }
    return threshold.resolve(model.thresholds());
  }

  /**
   * Answers a request.
   *
   * @param chosen whether the request names its threshold, which then holds for every phrase
   */
  public AnswerDocument ground(GroundingRequest request, boolean chosen) {
    if (chosen) {
      return AnswerDocument.of(grounder.ground(request));
    }
    if (config.types().isEmpty()) {
      return AnswerDocument.of(grounder.ground(at(config.all(), request)));
    }
    TypeThresholds thresholds = of(grounder.model());
    GroundingRequest lenient = at(new Threshold.Fixed(thresholds.lowest()), request);
    return AnswerDocument.of(grounder.ground(lenient)).noting(thresholds).at(thresholds.all());
  }

  private static GroundingRequest at(Threshold threshold, GroundingRequest request) {
    GroundingOptions options = request.options();
    return new GroundingRequest(
        request.image(),
        request.query(),
        new GroundingOptions(threshold, options.top(), options.nms()),
        request.context());
  }
}
