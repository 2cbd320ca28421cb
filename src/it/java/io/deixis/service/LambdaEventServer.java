package io.deixis.service;

import io.quarkus.amazon.lambda.runtime.MockEventServer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The side of AWS Lambda that a runtime talks to: Quarkus's own stand-in for it, which hands over
 * what is posted to it as an event and answers with what the function made of it.
 */
final class LambdaEventServer extends MockEventServer {

  private static final Duration INVOCATION_LIMIT = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts the server on a free port. */
  LambdaEventServer() {
    start(0);
  }

  /** Returns what {@code AWS_LAMBDA_RUNTIME_API} has to be. */
  String address() {
    return "localhost:" + getPort() + BASE_PATH;
  }

  /**
   * Sends an event and waits for what comes of it.
   *
   * @return status 200 with the function's answer, or status 500 with the error it failed with
   */
  HttpResponse<byte[]> invoke(byte[] event) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address()))
            .timeout(INVOCATION_LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(event))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  /** Lambda tells until when the function may work; the stand-in does not. */
  @Override
  public void nextEvent(RoutingContext asking) {
    long deadline = System.currentTimeMillis() + INVOCATION_LIMIT.toMillis();
    asking.response().putHeader("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    super.nextEvent(asking);
  }

  /**
   * Lambda answers a report with 202, and its Java runtime takes no other; the stand-in with 204.
   */
  @Override
  public void handleError(RoutingContext report) {
    RoutingContext event = responsePending.remove(report.pathParam("requestId"));
    processError(report, event, report.body().buffer());
    report.response().setStatusCode(202).end();
  }
}
