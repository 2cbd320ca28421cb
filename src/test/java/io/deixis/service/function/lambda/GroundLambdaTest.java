package io.deixis.service.function.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.Photos;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the function makes of events; src/it sends them through Lambda's runtime interface. */
@QuarkusTest
class GroundLambdaTest {

  private static final String PHOTO = Base64.getEncoder().encodeToString(Photos.png(64, 48));

  @Inject GroundingService service;
  @Inject ObjectMapper mapper;

  private GroundLambda lambda;

  @BeforeEach
  void createLambda() {
    lambda = new GroundLambda(service, mapper);
  }

  @Test
  void directInvocationIsAnswered() throws IOException {
    JsonNode answer = invoke(request("a cat"));
    assertThat(answer.at("/image/width").asInt()).isEqualTo(64);
    assertThat(answer.at("/phrases/0/text").asText()).isEqualTo("a cat");
  }

  @Test
  void directInvocationThatIsWrongGetsTheProblem() throws IOException {
    assertThat(invoke("{}").path("status").asInt()).isEqualTo(400);
    assertThat(invoke("no json").path("type").asText()).isEqualTo("/problems#malformed-request");
    assertThat(invoke(request("fail IMAGE_BROKEN")).path("status").asInt()).isEqualTo(422);
  }

  @Test
  void directInvocationThatMayBeAnsweredLaterFails() {
    assertThatThrownBy(() -> invoke(request("fail BUSY")))
        .isInstanceOf(GroundingException.class)
        .hasMessage("Failed with BUSY as asked.");
  }

  @Test
  void httpEventWithJsonIsAnswered() throws IOException {
    JsonNode answer = invoke(httpEvent(request("a cat"), false, "application/json"));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.at("/headers/Content-Type").asText()).isEqualTo("application/json");
    assertThat(answer.at("/headers/X-Request-Id").asText()).isEqualTo("aws-1");
    assertThat(mapper.readTree(answer.path("body").asText()).at("/phrases/0/text").asText())
        .isEqualTo("a cat");
  }

  @Test
  void httpEventWithFormIsAnswered() throws IOException {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"phrase\"\r\n\r\na cat\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"i\"\r\n\r\n";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(form.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Photos.png(64, 48));
    body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
    String base64 = Base64.getEncoder().encodeToString(body.toByteArray());
    JsonNode answer = invoke(httpEvent(base64, true, "multipart/form-data; boundary=x"));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
  }

  @Test
  void httpEventThatIsRefusedGetsStatusAndProblem() throws IOException {
    JsonNode answer = invoke(httpEvent(request("fail BUSY"), false, "application/json"));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(429);
    assertThat(answer.at("/headers/Content-Type").asText()).isEqualTo("application/problem+json");
    assertThat(answer.at("/headers/Retry-After").asText()).isEqualTo("1");
    assertThat(invoke(httpEvent("%%%", true, "application/json")).path("statusCode").asInt())
        .isEqualTo(400);
  }

  @Test
  void eventAboveTheLimitIsRefusedUnread() {
    String image = "A".repeat(GroundLambda.MAX_EVENT_BYTES);
    assertThatThrownBy(() -> invoke("{\"image\": \"%s\"}".formatted(image)))
        .isInstanceOfSatisfying(
            GroundingException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IMAGE_TOO_MANY_BYTES))
        .hasMessageContaining("6,291,456");
  }

  private JsonNode invoke(String event) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    lambda.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, new Invocation());
    return mapper.readTree(output.toByteArray());
  }

  private static String request(String phrase) {
    return "{\"image\": \"%s\", \"phrases\": [\"%s\"]}".formatted(PHOTO, phrase);
  }

  private String httpEvent(String body, boolean base64, String contentType) throws IOException {
    return mapper.writeValueAsString(
        Map.of(
            "version",
            "2.0",
            "rawPath",
            "/",
            "headers",
            Map.of("content-type", contentType),
            "requestContext",
            Map.of("http", Map.of("method", "POST", "path", "/")),
            "body",
            body,
            "isBase64Encoded",
            base64));
  }

  /** An invocation that has ten seconds left. */
  private record Invocation() implements Context {

    @Override
    public String getAwsRequestId() {
      return "aws-1";
    }

    @Override
    public int getRemainingTimeInMillis() {
      return 10_000;
    }

    @Override
    public String getLogGroupName() {
      return null;
    }

    @Override
    public String getLogStreamName() {
      return null;
    }

    @Override
    public String getFunctionName() {
      return "ground";
    }

    @Override
    public String getFunctionVersion() {
      return null;
    }

    @Override
    public String getInvokedFunctionArn() {
      return null;
    }

    @Override
    public CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 512;
    }

    @Override
    public LambdaLogger getLogger() {
      return null;
    }
  }
}
