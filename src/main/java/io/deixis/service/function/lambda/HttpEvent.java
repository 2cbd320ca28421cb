package io.deixis.service.function.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP request as an HTTP API or a function URL hands it to a function: payload format 2.0.
 *
 * @param json the event
 */
record HttpEvent(JsonNode json) {

  /** What goes back to the HTTP API or function URL. */
  @RegisterForReflection
  record Answer(int statusCode, Map<String, String> headers, String body) {}

  /** Returns whether {@code json} is such an event. */
  static boolean is(JsonNode json) {
    return json.path("version").asText().startsWith("2.")
        && json.path("requestContext").has("http");
  }

  /** Returns a header's value, or null. */
  String header(String name) {
    return json.path("headers").path(name.toLowerCase(Locale.ROOT)).asText(null);
  }

  /**
   * Returns the body's bytes.
   *
   * @throws GroundingException with reason {@code MALFORMED_REQUEST} if it is not in the base64
   *     that the event says it is in
   */
  byte[] body() {
    String body = json.path("body").asText();
    if (!json.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException broken) {
      throw new GroundingException(
          Reason.MALFORMED_REQUEST, "body", "The event's body is not base64", null, broken);
    }
  }
}
