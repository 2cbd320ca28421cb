package io.deixis.service.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
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
  private final Map<String, Remembered<ModelProfile>> profiles = new ConcurrentHashMap<>();
  private volatile Remembered<List<ModelDescription>> remembered;

  /** What a worker answered, and when. */
  private record Remembered<T>(T value, long atNanos) {}

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
    Worker.Call call = call(request);
    return ask(worker -> worker.ground(call));
  }

  /** Grounds a request and has the answer drawn over the photo. */
  byte[] png(GroundingRequest request) {
    Worker.Call call = call(request);
    return ask(worker -> worker.png(call));
  }

  private Worker.Call call(GroundingRequest request) {
    Deadline own = Deadline.after(timeout);
    Optional<Deadline> callers = request.context().deadline().filter(d -> d.isBefore(own));
    Deadline deadline = callers.orElse(own);
    return new Worker.Call(
        new Upload(request), request.context().within(deadline), deadline, callers.isPresent());
  }

  @Override
  public ModelDescription model() {
    return models().get(0);
  }

  @Override
  public List<ModelDescription> models() {
    Remembered<List<ModelDescription>> last = remembered;
    if (isFresh(last)) {
      return last.value();
    }
    Deadline deadline = Deadline.after(timeout);
    List<ModelDescription> models = ask(worker -> worker.models(deadline)).models();
    remembered = new Remembered<>(models, System.nanoTime());
    return models;
  }

  @Override
  public ModelProfile profile(Optional<String> asked) {
    String name = model(asked).name();
    Remembered<ModelProfile> last = profiles.get(name);
    if (isFresh(last)) {
      return last.value();
    }
    Deadline deadline = Deadline.after(timeout);
    ModelProfile profile = ask(worker -> worker.model(name, deadline)).toProfile();
    profiles.put(name, new Remembered<>(profile, System.nanoTime()));
    return profile;
  }

  private boolean isFresh(Remembered<?> last) {
    return last != null && System.nanoTime() - last.atNanos() < memoryNanos;
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
