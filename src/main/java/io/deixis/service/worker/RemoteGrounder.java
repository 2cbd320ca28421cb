package io.deixis.service.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.RequestContext;
import io.deixis.service.http.RequestHeaders;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Grounds by asking a worker over the HTTP interface: the front's grounder.
 *
 * <p>A request goes to another worker, if there is one, as long as none of its body was sent; after
 * that it is not sent again. A worker that fails repeatedly is left alone for a while.
 */
@ApplicationScoped
@IfBuildProfile("front")
public class RemoteGrounder implements Grounder {

  private final Workers workers;
  private final Duration timeout;
  private final long memoryNanos;
  private final Map<String, RememberedProfile> profiles = new ConcurrentHashMap<>();
  private volatile RememberedModels remembered;

  private record RememberedModels(List<ModelDescription> models, long atNanos) {}

  private record RememberedProfile(ModelProfile profile, long atNanos) {}

  RemoteGrounder(WorkerConfig config, Vertx vertx, ObjectMapper mapper) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true).setMaxPoolSize(config.connections()));
    workers =
        new Workers(
            config.urls().stream()
                .map(url -> new Worker(url, config, vertx, client, mapper))
                .toList());
    timeout = config.timeout();
    memoryNanos = config.modelMemory().toNanos();
  }

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    return ask(request, Worker::ground);
  }

  /** Grounds a request and has the answer drawn over the photo. */
  byte[] png(GroundingRequest request) {
    return ask(request, Worker::png);
  }

  private interface GroundingCall<T> {
    T on(
        Worker worker,
        Upload upload,
        Map<String, String> headers,
        Deadline deadline,
        boolean callersDeadline)
        throws WorkerFailure;
  }

  private <T> T ask(GroundingRequest request, GroundingCall<T> call) {
    Deadline own = Deadline.after(timeout);
    boolean callersDeadline = request.context().deadline().filter(d -> d.isBefore(own)).isPresent();
    Deadline deadline = callersDeadline ? request.context().deadline().orElseThrow() : own;
    RequestContext context = request.context().within(deadline);
    Upload upload = new Upload(request);
    return ask(
        worker -> {
          Map<String, String> headers = RequestHeaders.write(context);
          return call.on(worker, upload, headers, deadline, callersDeadline);
        });
  }

  @Override
  public ModelDescription model() {
    return models().get(0);
  }

  @Override
  public List<ModelDescription> models() {
    RememberedModels last = remembered;
    if (last != null && System.nanoTime() - last.atNanos() < memoryNanos) {
      return last.models();
    }
    Deadline deadline = Deadline.after(timeout);
    List<ModelDescription> models = ask(worker -> worker.models(deadline)).models();
    remembered = new RememberedModels(models, System.nanoTime());
    return models;
  }

  @Override
  public ModelProfile profile(Optional<String> asked) {
    String name = model(asked).name();
    RememberedProfile last = profiles.get(name);
    if (last != null && System.nanoTime() - last.atNanos() < memoryNanos) {
      return last.profile();
    }
    Deadline deadline = Deadline.after(timeout);
    ModelProfile profile = ask(worker -> worker.model(name, deadline)).toProfile();
    profiles.put(name, new RememberedProfile(profile, System.nanoTime()));
    return profile;
  }

  private interface Question<T> {
    T ask(Worker worker) throws WorkerFailure;
  }

  private <T> T ask(Question<T> question) {
    GroundingException report = null;
    for (Worker worker : workers.inOrder()) {
      try {
        return question.ask(worker);
      } catch (WorkerFailure failure) {
        report = failure.report();
        if (failure.bodySent() || failure.isBusy() && workers.single()) {
          break;
        }
      }
    }
    throw report;
  }
}
