package io.deixis.service.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.geometry.Box;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingService;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.RequestDraft;
import io.deixis.grounding.ScoredBox;
import io.deixis.service.http.IncomingContext;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.UUID;
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

  private static final double PERCENT = 100;

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
  public JsonNode predict(byte[] body, @Context HttpHeaders headers) {
    JsonNode request = read(body);
    LabelConfig labels = LabelConfig.read(request.path("label_config").asText(null));
    RequestContext context = incoming.read(headers::getHeaderString);
    ArrayNode results = json.createArrayNode();
    for (JsonNode task : request.path("tasks")) {
      results.add(prediction(task, labels, context));
    }
    ObjectNode answer = json.createObjectNode();
    answer.set("results", results);
    return answer;
  }

  private ObjectNode prediction(JsonNode task, LabelConfig labels, RequestContext context) {
    byte[] photo = photos.read(task.path("data").path(labels.member()).asText(""));
    GroundingAnswer answer =
        service.ground(
            new RequestDraft(photo, "label_config", labels.labels(), null, null, null, null, null),
            context);
    ArrayNode boxes = json.createArrayNode();
    double best = 0;
    for (int i = 0; i < labels.labels().size(); i++) {
      for (ScoredBox box : answer.phrases().get(i).boxes()) {
        boxes.add(region(box, labels.labels().get(i), labels, answer));
        best = Math.max(best, box.score());
      }
    }
    ObjectNode prediction = json.createObjectNode();
    prediction.put("model_version", version());
    prediction.put("score", best);
    prediction.set("result", boxes);
    return prediction;
  }

  private ObjectNode region(
      ScoredBox scored, String label, LabelConfig labels, GroundingAnswer answer) {
    Box box = scored.box();
    ObjectNode region =
        json.createObjectNode()
            .put("id", UUID.randomUUID().toString().substring(0, 8))
            .put("type", "rectanglelabels")
            .put("from_name", labels.from())
            .put("to_name", labels.to())
            .put("original_width", answer.width())
            .put("original_height", answer.height())
            .put("image_rotation", 0)
            .put("score", scored.score());
    region
        .putObject("value")
        .put("x", PERCENT * box.x1() / answer.width())
        .put("y", PERCENT * box.y1() / answer.height())
        .put("width", PERCENT * box.width() / answer.width())
        .put("height", PERCENT * box.height() / answer.height())
        .put("rotation", 0)
        .putArray("rectanglelabels")
        .add(label);
    return region;
  }

  private String version() {
    ModelDescription model = grounder.model();
    return model.name() + " " + model.version();
  }

  private JsonNode read(byte[] body) {
    try {
      JsonNode request = json.readTree(body);
      if (request != null && request.path("tasks").isArray()) {
        return request;
      }
    } catch (IOException unreadable) {
      throw malformed();
    }
    throw malformed();
  }

  private static GroundingException malformed() {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        "tasks",
        "The body is not a request for predictions",
        "connect this address in Label Studio under Settings, Model");
  }
}
