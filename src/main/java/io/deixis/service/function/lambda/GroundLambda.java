package io.deixis.service.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.http.RequestHeaders;
import io.deixis.service.http.RequestReader;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The function on AWS Lambda. It is invoked directly with the JSON of {@code POST /v1/ground}, or
 * by an HTTP API or a function URL with any request that {@code POST /v1/ground} reads.
 *
 * <p>A direct invocation that cannot be answered gets the problem document, unless another try may
 * succeed: then it fails, so that Lambda's own retries and failure destinations take it up.
 */
public class GroundLambda implements RequestStreamHandler {

  /** Lambda's own limit on the payload of a synchronous invocation. */
  static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  /** Left of the invocation's time to write the answer. */
  private static final Duration ANSWER_TIME = Duration.ofMillis(200);

  private final GroundingService service;
  private final ObjectMapper mapper;

  GroundLambda(GroundingService service, ObjectMapper mapper) {
    this.service = service;
    this.mapper = mapper;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readNBytes(MAX_EVENT_BYTES + 1);
    if (event.length > MAX_EVENT_BYTES) {
      throw new GroundingException(
          Reason.IMAGE_TOO_MANY_BYTES,
          "image",
          "The event has more than %,d bytes, Lambda's limit".formatted(MAX_EVENT_BYTES),
          "send a photo of at most 4.5 MB");
    }
    JsonNode json = parsed(event);
    Object answer =
        json != null && HttpEvent.is(json)
            ? answer(new HttpEvent(json), context)
            : answer(event, context);
    mapper.writeValue(output, answer);
  }

  private Object answer(byte[] event, Context context) {
    try {
      return service.ground(
          RequestReader.json(event).draft(), context(RequestContext.NONE, context));
    } catch (GroundingException refusal) {
      if (ProblemType.of(refusal.reason()).mayPass()) {
        throw refusal;
      }
      return Problem.of(refusal);
    }
  }

  private HttpEvent.Answer answer(HttpEvent event, Context context) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    headers.put(RequestHeaders.REQUEST_ID, context.getAwsRequestId());
    try {
      RequestContext asked = context(RequestHeaders.read(event::header), context);
      Object answer =
          service.ground(
              RequestReader.read(event.body(), event.header("Content-Type")).draft(), asked);
      headers.put("Content-Type", "application/json");
      return new HttpEvent.Answer(200, headers, mapper.writeValueAsString(answer));
    } catch (GroundingException refusal) {
      headers.put("Content-Type", Problem.MEDIA_TYPE);
      ProblemType.retryAfter(refusal)
          .ifPresent(wait -> headers.put("Retry-After", Long.toString(wait.toSeconds())));
      Problem problem = Problem.of(refusal);
      return new HttpEvent.Answer(problem.status(), headers, mapper.writeValueAsString(problem));
    }
  }

  private static RequestContext context(RequestContext asked, Context context) {
    Duration left =
        Duration.ofMillis(Math.max(0, context.getRemainingTimeInMillis())).minus(ANSWER_TIME);
    Deadline end = Deadline.after(left);
    Deadline deadline = asked.deadline().filter(own -> own.isBefore(end)).orElse(end);
    return asked.named(context.getAwsRequestId()).within(deadline);
  }

  private JsonNode parsed(byte[] event) throws IOException {
    try {
      return mapper.readTree(event);
    } catch (JsonProcessingException broken) {
      // The function says what is wrong with it.
      return null;
    }
  }
}
