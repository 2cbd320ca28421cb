package io.deixis.service.function;

import io.deixis.answers.AnswerDocument;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.service.ConfiguredThresholds;
import io.deixis.service.JsonRequestReader;
import io.deixis.service.MultipartRequestReader;
import io.deixis.service.RequestChecker;
import io.deixis.service.RequestDraft;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** The function itself: a request's bytes in, an answer out, whoever calls it. */
@ApplicationScoped
public class GroundFunction {

  private final ConfiguredThresholds thresholds;
  private final JsonRequestReader json;
  private final RequestChecker checker;

  GroundFunction(ConfiguredThresholds thresholds, JsonRequestReader json, RequestChecker checker) {
    this.thresholds = thresholds;
    this.json = json;
    this.checker = checker;
  }

  /**
   * Grounds a request.
   *
   * @param body the request
   * @param contentType what it is written in: JSON or {@code multipart/form-data}; null is JSON
   * @param context what else came with it
   * @throws GroundingException if it cannot be answered
   */
  public AnswerDocument ground(byte[] body, String contentType, RequestContext context) {
    RequestDraft draft = draft(body, contentType);
    return thresholds.ground(checker.check(draft).in(context), draft.threshold() != null);
  }

  private RequestDraft draft(byte[] body, String contentType) {
    if (isJson(contentType)) {
      return json.read(body);
    }
    if (normalised(contentType).startsWith("multipart/form-data")) {
      return MultipartRequestReader.read(body, contentType);
    }
    throw new GroundingException(
        Reason.MALFORMED_REQUEST,
        "Content-Type",
        "The request is neither application/json nor multipart/form-data",
        "send one of these");
  }

  /** Returns whether a body is JSON by its type; null is JSON. */
  public static boolean isJson(String contentType) {
    return contentType == null
        || normalised(contentType).matches("application/([\\w.-]+\\+)?json\\s*(;.*)?");
  }

  private static String normalised(String contentType) {
    return contentType.strip().toLowerCase(Locale.ROOT);
  }
}
