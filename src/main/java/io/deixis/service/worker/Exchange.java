package io.deixis.service.worker;

import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request to a worker and its answer.
 *
 * <p>The head goes first and asks for leave to send the body ({@code Expect: 100-continue}, RFC
 * 9110, section 10.1.1). So a worker that is gone or full is noticed before any byte of the image
 * went out, and another one can be asked instead. The body then goes piece by piece, as fast as the
 * connection takes it.
 */
final class Exchange {

  private enum Body {
    WITHHELD,
    SENT,
    NOT_WANTED
  }

  private final Vertx vertx;
  private final Optional<Upload> upload;
  private final Duration continueTimeout;
  private final AtomicReference<Body> body = new AtomicReference<>(Body.WITHHELD);
  private volatile HttpClientRequest request;
  private volatile boolean abandoned;

  /**
   * Prepares an exchange.
   *
   * @param upload the request's body, if it has one
   * @param continueTimeout longest wait for leave to send it; zero asks for none
   */
  Exchange(Vertx vertx, Optional<Upload> upload, Duration continueTimeout) {
    this.vertx = vertx;
    this.upload = upload;
    this.continueTimeout = continueTimeout;
  }

  /**
   * Sends the request and waits for the whole answer.
   *
   * @param deadline until when
   * @throws WorkerFailure if the connection cannot be made or breaks, or the deadline is over
   */
  WorkerAnswer run(HttpClient client, RequestOptions options, Deadline deadline)
      throws WorkerFailure {
    Future<WorkerAnswer> answer = client.request(options).compose(this::send);
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      abandon();
      throw new WorkerFailure(
          new GroundingException(
              Reason.DEADLINE_EXCEEDED,
              null,
              "The worker did not answer in time",
              "try again, or send fewer phrases",
              late),
          true);
    } catch (ExecutionException broken) {
      abandon();
      throw broken(broken.getCause());
    } catch (InterruptedException stopped) {
      abandon();
      Thread.currentThread().interrupt();
      throw new GroundingException(
          Reason.NOT_READY, null, "The service is shutting down", "send the request again later");
    }
  }

  private WorkerFailure broken(Throwable cause) {
    boolean bodySent = body.get() == Body.SENT;
    return WorkerFailure.unavailable(
        bodySent
            ? "The worker was lost while it worked; try again in a moment."
            : "The worker cannot be reached; try again in a moment.",
        bodySent,
        cause);
  }

  /**
   * Sends the request. The handler of the answer is set before an answer can come; otherwise what
   * arrives early would be lost.
   */
  private Future<WorkerAnswer> send(HttpClientRequest opened) {
    request = opened;
    // Failures are reported by the answer's future; without a handler they are logged as well.
    opened.exceptionHandler(reported -> {});
    if (abandoned) {
      opened.reset();
      return Future.failedFuture("abandoned");
    }
    Future<WorkerAnswer> answer = opened.response().compose(this::whole);
    if (upload.isEmpty()) {
      opened.end();
      return answer;
    }
    opened
        .putHeader(HttpHeaders.CONTENT_TYPE, upload.get().contentType())
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(upload.get().length()));
    if (continueTimeout.isZero()) {
      sendBody();
    } else {
      opened.putHeader(HttpHeaders.EXPECT, "100-continue").continueHandler(leave -> sendBody());
      long timer = vertx.setTimer(continueTimeout.toMillis(), over -> sendBody());
      opened.response().onComplete(done -> vertx.cancelTimer(timer));
      opened.sendHead();
    }
    return answer;
  }

  private void sendBody() {
    if (body.compareAndSet(Body.WITHHELD, Body.SENT)) {
      sendFrom(0);
    }
  }

  private void sendFrom(int first) {
    Upload pieces = upload.orElseThrow();
    for (int i = first; i < pieces.pieces(); i++) {
      if (request.writeQueueFull()) {
        int next = i;
        request.drainHandler(drained -> sendFrom(next));
        return;
      }
      request.write(pieces.piece(i));
    }
    request.drainHandler(null);
    request.end();
  }

  private Future<WorkerAnswer> whole(HttpClientResponse response) {
    boolean refusedUnread =
        upload.isPresent() && body.compareAndSet(Body.WITHHELD, Body.NOT_WANTED);
    return response
        .body()
        .map(
            bytes ->
                new WorkerAnswer(
                    response.statusCode(),
                    response.headers(),
                    bytes.getBytes(),
                    body.get() == Body.SENT))
        .onComplete(
            done -> {
              if (refusedUnread) {
                // The other side still expects a body, so the connection is of no use any more.
                request.reset();
              }
            });
  }

  private void abandon() {
    abandoned = true;
    HttpClientRequest opened = request;
    if (opened != null) {
      opened.reset();
    }
  }
}
