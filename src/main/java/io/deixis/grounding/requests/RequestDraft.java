package io.deixis.grounding.requests;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestChecks;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.Threshold;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A request as its caller wrote it, whichever way it came; nothing is checked yet.
 *
 * @param image the encoded image, or null
 * @param phraseField the name that phrases have in this kind of request
 * @param phrases the phrases in order, any of them possibly null or blank
 * @param caption a sentence, plain or with entity markup, or null
 * @param query what a person typed, or null
 * @param threshold the option as text, or null
 * @param top the option, or null
 * @param nms the option, or null
 * @param model the name of the model that shall answer, or null for the default one
 */
public record RequestDraft(
    byte[] image,
    String phraseField,
    List<String> phrases,
    String caption,
    String query,
    String threshold,
    Integer top,
    Double nms,
    String model) {

  /** Creates the draft of a request that names no model. */
  public RequestDraft(
      byte[] image,
      String phraseField,
      List<String> phrases,
      String caption,
      String query,
      String threshold,
      Integer top,
      Double nms) {
    this(image, phraseField, phrases, caption, query, threshold, top, nms, null);
  }

  /** Returns the name of the model that shall answer; the default one if there is none. */
  Optional<String> modelName() {
    return Optional.ofNullable(model).map(String::strip);
  }

  /**
   * Returns the request, which keeps to the limits.
   *
   * @throws GroundingException naming the first field at fault
   */
  GroundingRequest checked(GroundingLimits limits) {
    RequestChecks checks = new RequestChecks(limits);
    checks.image(image);
    return new GroundingRequest(image, query(checks), options(), modelName(), RequestContext.NONE);
  }

  private Query query(RequestChecks checks) {
    long ways = (caption == null ? 0 : 1) + (query == null ? 0 : 1) + (phrases.isEmpty() ? 0 : 1);
    if (ways > 1) {
      throw new GroundingException(
          Reason.MALFORMED_REQUEST,
          query == null ? "caption" : "query",
          "The request says in more than one way what to look for",
          "send \"%s\", \"caption\" or \"query\" alone".formatted(phraseField));
    }
    if (caption != null) {
      checks.text("caption", caption);
      return Query.ofCaption(caption);
    }
    if (query != null) {
      checks.text("query", query);
      return new Query.FreeText(query.strip());
    }
    checks.phrases(phraseField, phrases);
    return new Query.Phrases(phrases.stream().map(String::strip).toList());
  }

  private GroundingOptions options() {
    GroundingOptions defaults = GroundingOptions.DEFAULTS;
    return new GroundingOptions(
        threshold == null ? defaults.threshold() : Threshold.parse(threshold),
        top == null ? defaults.top() : top,
        nms == null ? defaults.nms() : OptionalDouble.of(nms));
  }
}
