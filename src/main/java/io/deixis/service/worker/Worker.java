package io.deixis.service.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.service.http.ModelDocument;
import io.deixis.service.http.ModelList;
import io.deixis.service.http.RequestHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** One worker: its address, its circuit breaker, and how many requests it has at the moment. */
@RegisterForReflection(classNames = "io.smallrye.faulttolerance.CdiSpi") // makes the guards
final class Worker {

  /** The media type of pictures. */
  static final String PNG = "image/png";

  private static final Logger LOG = Logger.getLogger(Worker.class);

  private final String url;
  private final Vertx vertx;
  private final HttpClient client;
  private final ObjectMapper mapper;
  private final WorkerConfig config;
  private final Guard guard;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile CircuitBreakerState circuit = CircuitBreakerState.CLOSED;

  Worker(URI url, WorkerConfig config, Vertx vertx, HttpClient client, ObjectMapper mapper) {
    this.url = url.toString().replaceAll("/+$", "");
    this.vertx = vertx;
    this.client = client;
    this.mapper = mapper;
    this.config = config;
    this.guard =
        Guard.create()
            .withCircuitBreaker()
            .requestVolumeThreshold(config.circuit().requests())
            .failureRatio(config.circuit().failureRatio())
            .delay(config.circuit().pause().toMillis(), ChronoUnit.MILLIS)
            .when(failure -> failure instanceof WorkerFailure failed && !failed.isBusy())
            .onStateChange(this::changed)
            .done()
            .build();
  }

  /** Returns whether it failed so often lately that it is left alone for now. */
  boolean isAvoided() {
    return circuit == CircuitBreakerState.OPEN;
  }

  /** Returns how many requests it has at the moment. */
  int inFlight() {
    return inFlight.get();
  }

  /**
   * A request to ground.
   *
   * @param upload the body
   * @param context what else is sent to the worker
   * @param deadline until when it may take
   * @param callersDeadline whether that is the caller's, so that missing it says nothing about the
   *     worker
   */
  record Call(Upload upload, RequestContext context, Deadline deadline, boolean callersDeadline) {}

  /**
   * Has it ground a request.
   *
   * @throws GroundingException if it refuses the request
   * @throws WorkerFailure if it does not do its work
   */
  GroundingAnswer ground(Call call) throws WorkerFailure {
    return guarded(
        () -> grounded(call, MediaType.APPLICATION_JSON).read(GroundingAnswer.class, mapper),
        GroundingAnswer.class);
  }

  /** Has it ground a request and draw the answer; see {@link #ground}. */
  byte[] png(Call call) throws WorkerFailure {
    return guarded(() -> grounded(call, PNG).body(), byte[].class);
  }

  private WorkerAnswer grounded(Call call, String accept) throws WorkerFailure {
    RequestOptions options =
        options(HttpMethod.POST, "/v1/ground").putHeader(HttpHeaders.ACCEPT, accept);
    RequestHeaders.write(call.context()).forEach(options::putHeader);
    try {
      return exchange(Optional.of(call.upload()), options, call.deadline()).answered(mapper);
    } catch (WorkerFailure failure) {
      if (call.callersDeadline() && failure.report().reason() == Reason.DEADLINE_EXCEEDED) {
        throw failure.report();
      }
      throw failure;
    }
  }

  /**
   * Asks for its models.
   *
   * @throws WorkerFailure if it does not answer
   */
  ModelList models(Deadline deadline) throws WorkerFailure {
    return get("/v1/models", ModelList.class, deadline);
  }

  /**
   * Asks for all that it tells of a model.
   *
   * @param name the model's name as the worker gave it
   * @throws WorkerFailure if it does not answer
   */
  ModelDocument model(String name, Deadline deadline) throws WorkerFailure {
    String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return get("/v1/models/" + segment, ModelDocument.class, deadline);
  }

  private <T> T get(String path, Class<T> type, Deadline deadline) throws WorkerFailure {
    RequestOptions options = options(HttpMethod.GET, path);
    return guarded(() -> exchange(Optional.empty(), options, deadline).read(type, mapper), type);
  }

  private interface Question<T> {
    T ask() throws WorkerFailure;
  }

  private <T> T guarded(Question<T> question, Class<T> type) throws WorkerFailure {
    inFlight.incrementAndGet();
    try {
      return guard.call(question::ask, type);
    } catch (CircuitBreakerOpenException open) {
      throw WorkerFailure.unavailable(
          "The worker failed repeatedly and is left alone for a moment; try again then.",
          false,
          open);
    } catch (WorkerFailure failure) {
      LOG.warnf("%s: %s", url, detail(failure));
      throw failure;
    } catch (RuntimeException refusal) {
      throw refusal;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private WorkerAnswer exchange(Optional<Upload> upload, RequestOptions options, Deadline deadline)
      throws WorkerFailure {
    return new Exchange(vertx, upload, config.continueTimeout()).run(client, options, deadline);
  }

  private RequestOptions options(HttpMethod method, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url + path)
            .setConnectTimeout(config.connectTimeout().toMillis())
            .putHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
    config.key().ifPresent(key -> options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key));
    return options;
  }

  private void changed(CircuitBreakerState state) {
    circuit = state;
    LOG.infof("%s: circuit %s", url, state);
  }

  private static String detail(WorkerFailure failure) {
    Throwable cause = failure.report().getCause();
    return cause == null ? failure.getMessage() : failure.getMessage() + " (" + cause + ")";
  }
}
