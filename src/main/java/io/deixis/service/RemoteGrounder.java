package io.deixis.service;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingException.Reason;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;

/** Grounds by asking a worker over the HTTP interface: the front's grounder. */
@ApplicationScoped
@IfBuildProfile("front")
public class RemoteGrounder implements Grounder {

  private static final Logger LOG = Logger.getLogger(RemoteGrounder.class);

  private final WorkerApi worker;
  private final long memoryNanos;
  private volatile RememberedModel remembered;
  private volatile RememberedProfile rememberedProfile;

  private record RememberedModel(ModelDescription model, long atNanos) {}

  private record RememberedProfile(ModelProfile profile, long atNanos) {}

  RemoteGrounder(WorkerConfig config) {
    worker =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(config.url())
            .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .build(WorkerApi.class);
    memoryNanos = config.modelMemory().toNanos();
  }

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    return ask(() -> worker.ground(form(request)).toAnswer());
  }

  @Override
  public ModelDescription model() {
    RememberedModel last = remembered;
    if (last != null && System.nanoTime() - last.atNanos() < memoryNanos) {
      return last.model();
    }
    ModelDescription model = ask(() -> worker.models().models().get(0));
    remembered = new RememberedModel(model, System.nanoTime());
    return model;
  }

  @Override
  public ModelProfile profile() {
    RememberedProfile last = rememberedProfile;
    if (last != null && System.nanoTime() - last.atNanos() < memoryNanos) {
      return last.profile();
    }
    String name = model().name();
    ModelProfile profile = ask(() -> worker.model(name).toProfile());
    rememberedProfile = new RememberedProfile(profile, System.nanoTime());
    return profile;
  }

  private static ClientMultipartForm form(GroundingRequest request) {
    ClientMultipartForm form =
        ClientMultipartForm.create()
            .binaryFileUpload(
                "image", "image", Buffer.buffer(request.image()), "application/octet-stream");
    for (String phrase : phrases(request.query())) {
      form.attribute("phrase", phrase, null);
    }
    caption(request.query(), form);
    GroundingOptions options = request.options();
    return form.attribute("threshold", text(options.threshold()), null)
        .attribute("top", Integer.toString(options.top()), null)
        .attribute("nms", Double.toString(options.nms()), null);
  }

  private static List<String> phrases(Query query) {
    return query instanceof Query.Phrases phrases ? phrases.texts() : List.of();
  }

  private static void caption(Query query, ClientMultipartForm form) {
    if (query instanceof Query.Caption caption) {
      form.attribute("caption", caption.text(), null);
    } else if (query instanceof Query.AnnotatedCaption annotated) {
      form.attribute("caption", annotated.markup(), null);
    }
  }

  private static String text(Threshold threshold) {
    return threshold instanceof Threshold.Named named
        ? named.name()
        : Double.toString(((Threshold.Fixed) threshold).value());
  }

  private static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (GroundingException refusal) {
      throw refusal;
    } catch (ProcessingException noAnswer) {
      LOG.warnf("The worker did not answer: %s", noAnswer.getMessage());
      throw unanswered(noAnswer);
    } catch (RuntimeException notTheContract) {
      LOG.error("The worker's answer could not be read", notTheContract);
      throw new GroundingException(
          Reason.WORKER_UNAVAILABLE,
          null,
          "The worker's answer could not be read; check that both run the same version.",
          notTheContract);
    }
  }

  private static GroundingException unanswered(ProcessingException cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof TimeoutException) {
        return new GroundingException(
            Reason.DEADLINE_EXCEEDED,
            null,
            "The worker did not answer in time; try again, or send fewer phrases.",
            cause);
      }
    }
    return new GroundingException(
        Reason.WORKER_UNAVAILABLE,
        null,
        "The worker cannot be reached; try again in a moment.",
        cause);
  }
}
