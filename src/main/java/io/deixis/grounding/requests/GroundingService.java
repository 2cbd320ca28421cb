package io.deixis.grounding.requests;

import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Query;
import io.deixis.grounding.RequestChecks;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.Threshold.Fixed;
import io.deixis.grounding.TypeThresholds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers requests as HTTP, functions and the command line do: checks each once, and goes by the
 * configured thresholds where the request names none.
 */
@ApplicationScoped
public class GroundingService {

  private final Grounder grounder;
  private final GroundingLimits limits;
  private final ThresholdConfig config;

  /** Creates the service. */
  public GroundingService(Grounder grounder, GroundingLimits limits, ThresholdConfig config) {
    this.grounder = grounder;
    this.limits = limits;
    this.config = config;
  }

  /**
   * Refuses an image by its size alone, before it is read.
   *
   * @throws GroundingException if it has more bytes than allowed
   */
  public void checkImageBytes(long bytes) {
    new RequestChecks(limits).imageBytes(bytes);
  }

  /**
   * Answers a request: each phrase is found, unsure or absent. The request's own threshold, if it
   * names one, holds for every phrase.
   *
   * @param context what else came with it
   * @throws GroundingException if it breaks a limit, or as {@link Grounder#ground}
   */
  public GroundingAnswer ground(RequestDraft draft, RequestContext context) {
    GroundingRequest request = draft.checked(limits).in(context);
    ModelDescription model = grounder.model(request.model());
    TypeThresholds thresholds = thresholds(draft, request, model);
    return grounder
        .ground(request.at(new Fixed(thresholds.lowest())))
        .noting(thresholds)
        .judged(thresholds.all(), thresholds.unsureFrom());
  }

  /** Returns how many bytes an image may have. */
  public int mostImageBytes() {
    return limits.imageBytes();
  }

  /** Returns how many phrases, or labels, one request may have. */
  public int mostPhrases() {
    return limits.phrases();
  }

  /**
   * Answers a request whose phrases are labels of a detection data set, as people would ask for
   * them: "person" also as "the man". The answer has them as they were written.
   *
   * @param context what else came with it
   * @throws GroundingException as {@link #ground}
   */
  public GroundingAnswer label(RequestDraft draft, RequestContext context) {
    GroundingRequest request = draft.checked(limits).in(context);
    ModelDescription model = grounder.model(request.model());
    TypeThresholds thresholds = thresholds(draft, request, model);
    LabelQuestions questions = new LabelQuestions(((Query.Phrases) request.query()).texts());
    List<GroundedPhrase> found = new ArrayList<>();
    GroundingAnswer answer = null;
    List<String> phrases = questions.phrases();
    for (int from = 0; from < phrases.size(); from += limits.phrases()) {
      List<String> part = phrases.subList(from, Math.min(phrases.size(), from + limits.phrases()));
      answer =
          grounder.ground(
              request.asking(new Query.Phrases(part)).at(new Fixed(thresholds.lowest())));
      found.addAll(answer.phrases());
    }
    return answer
        .with(questions.of(found, request.options().top()))
        .judged(thresholds.all(), thresholds.unsureFrom());
  }

  /**
   * Returns a request for somebody else to answer, at the threshold that holds for all types here.
   *
   * @param context what else came with it
   * @throws GroundingException if it breaks a limit, or as {@link Grounder#model}
   */
  public GroundingRequest request(RequestDraft draft, RequestContext context) {
    GroundingRequest request = draft.checked(limits).in(context);
    ModelDescription model = grounder.model(request.model());
    return request.at(new Fixed(thresholds(draft, request, model).all()));
  }

  private TypeThresholds thresholds(
      RequestDraft draft, GroundingRequest request, ModelDescription model) {
    return draft.threshold() == null
        ? thresholds(model)
        : new TypeThresholds(
            request.options().threshold().resolve(model.thresholds()), Map.of(), unsureFrom(model));
  }

  private double unsureFrom(ModelDescription model) {
    return config
        .unsure()
        .map(threshold -> threshold.resolve(model.thresholds()))
        .orElseGet(model::unsureFrom);
  }

  /**
   * Returns the configured thresholds as scores.
   *
   * @param model whose names they may use
   */
  public TypeThresholds thresholds(ModelDescription model) {
    double all = config.all().resolve(model.thresholds());
    Map<String, Double> types = new TreeMap<>();
    config
        .types()
        .forEach((type, threshold) -> types.put(type, resolve(type, threshold, model, all)));
    return new TypeThresholds(all, types, unsureFrom(model));
  }

  /** A type's own tuned threshold goes before that of all types; a model need not have one. */
  private static double resolve(
      String type, Threshold threshold, ModelDescription model, double all) {
    if (threshold.equals(Threshold.BEST)) {
      return model.thresholds().getOrDefault(ModelDescription.bestOf(type), all);
    }
    return threshold.resolve(model.thresholds());
  }
}
