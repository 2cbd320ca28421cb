package io.deixis.service.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.LabelStudioWriter.Prediction;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.grounding.requests.RequestDraft;
import io.deixis.service.http.IncomingContext;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * A machine learning backend of Label Studio: annotators get boxes for the labels that their
 * project has. The protocol is that of label-studio-ml-backend: {@code /health}, {@code /setup} and
 * {@code /predict}. Connect it in the project's settings under "Model", with the address {@code
 * http://THIS-SERVER/label-studio}.
 */
@Path("/label-studio")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class LabelStudioResource {

  private final Grounder grounder;
  private final GroundingService service;
  private final LabelStudioPhotos photos;
  private final IncomingContext incoming;
  private final ObjectMapper json;

  LabelStudioResource(
      Grounder grounder,
      GroundingService service,
      LabelStudioPhotos photos,
      IncomingContext incoming,
      ObjectMapper json) {
    this.grounder = grounder;
    this.service = service;
    this.photos = photos;
    this.incoming = incoming;
    this.json = json;
  }

  /** The suggestions for several tasks, in their order. */
  @RegisterForReflection
  public record Predictions(List<Prediction> results) {}

  /** Says that the backend is there. */
  @GET
  @Path("/health")
  @Operation(hidden = true)
  public JsonNode health() {
    grounder.checkReady();
    return json.createObjectNode().put("status", "UP").put("model_class", "Deixis");
  }

  /** Takes note of a project; its configuration comes with every request for predictions. */
  @POST
  @Path("/setup")
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public JsonNode setup() {
    return json.createObjectNode().put("model_version", version());
  }

  /** Takes note of what annotators do, of which nothing is learned. */
  @POST
  @Path("/webhook")
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public JsonNode webhook() {
    return json.createObjectNode().put("status", "ok");
  }

  /** Suggests boxes for tasks. */
  @POST
  @Path("/predict")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Predictions predict(byte[] body, @Context HttpHeaders headers) {
    JsonNode request =
        StrictJson.read(body, JsonNode.class)
            .filter(document -> document.path("tasks").isArray())
            .orElseThrow(LabelStudioResource::malformed);
    LabelConfig labels = LabelConfig.read(request.path("label_config").asText(null));
    RequestContext context = incoming.read(headers::getHeaderString);
    List<Prediction> results = new ArrayList<>();
    for (JsonNode task : request.path("tasks")) {
      results.add(prediction(task, labels, context));
    }
    return new Predictions(results);
  }

  private Prediction prediction(JsonNode task, LabelConfig labels, RequestContext context) {
    byte[] photo = photos.read(task.path("data").path(labels.member()).asText(""));
    GroundingAnswer answer =
        service.label(
            new RequestDraft(photo, "label_config", labels.labels(), null, null, null, null, null),
            context);
    return Prediction.of(answer, labels.labels(), labels.from(), labels.to());
  }

  private String version() {
    ModelDescription model = grounder.model();
    return model.name() + " " + model.version();
  }

  private static GroundingException malformed() {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        "tasks",
        "The body is not a request for predictions",
        "connect this address in Label Studio under Settings, Model");
  }
}
