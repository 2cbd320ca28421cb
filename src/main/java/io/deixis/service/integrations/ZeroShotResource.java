package io.deixis.service.integrations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.grounding.requests.RequestDraft;
import io.deixis.service.http.IncomingContext;
import io.deixis.service.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Zero-shot object detection with the request and the answer of Hugging Face's inference API, so
 * that its clients work with this address in the place of a model.
 */
@Path("/v1/zero-shot-object-detection")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Integrations")
public class ZeroShotResource {

  private static final String LABELS = "parameters.candidate_labels";

  private final GroundingService service;
  private final IncomingContext incoming;

  ZeroShotResource(GroundingService service, IncomingContext incoming) {
    this.service = service;
    this.incoming = incoming;
  }

  /**
   * A request.
   *
   * @param inputs the photo's bytes, base64 in the document
   * @param parameters what to look for
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "ZeroShotRequest")
  public record Request(
      @Schema(
              type = SchemaType.STRING,
              format = "byte",
              required = true,
              minLength = 1,
              description = "JPEG, PNG, WebP, GIF, BMP or TIFF in base64")
          byte[] inputs,
      @Schema(required = true) Parameters parameters) {}

  /**
   * What to look for.
   *
   * @param labels the labels
   * @param threshold least score of a box; that of the server if it is missing
   * @param top most boxes for each label; that of the server if it is missing
   * @param model the name of the model that answers; the default one if it is missing
   */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "ZeroShotParameters")
  public record Parameters(
      @JsonProperty("candidate_labels")
          @Schema(required = true, examples = "[\"a cat\", \"a dog\"]", minItems = 1)
          List<String> labels,
      @Schema(minimum = "0", maximum = "1") Double threshold,
      @JsonProperty("top_k") @Schema(minimum = "1", maximum = "100") Integer top,
      @Schema(description = "One of /v1/models") String model) {}

  /** A box that was found. */
  @RegisterForReflection
  @Schema(name = "ZeroShotDetection")
  public record Detection(double score, String label, Corners box) {}

  /** The corners of a box in whole pixels of the upright photo. */
  @RegisterForReflection
  public record Corners(long xmin, long ymin, long xmax, long ymax) {

    static Corners of(Box box) {
      return new Corners(
          Math.round(box.x1()), Math.round(box.y1()), Math.round(box.x2()), Math.round(box.y2()));
    }
  }

  /** Finds labels in a photo. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "zeroShotObjectDetection",
      summary = "Find labels in a photo, as Hugging Face's zero-shot object detection does")
  @RequestBody(content = @Content(schema = @Schema(implementation = Request.class)))
  @APIResponse(
      responseCode = "200",
      description = "What was found, best first",
      content = @Content(schema = @Schema(implementation = Detection[].class)))
  @APIResponse(
      responseCode = "default",
      description = "A problem, by RFC 9457",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public List<Detection> detect(byte[] body, @Context HttpHeaders headers) {
    Request request = StrictJson.read(body, Request.class).orElseThrow(ZeroShotResource::malformed);
    Parameters parameters = request.parameters();
    if (parameters == null || parameters.labels() == null || parameters.labels().isEmpty()) {
      throw new GroundingException(
          Reason.PHRASE_MISSING, LABELS, "There is no label", "send at least one in " + LABELS);
    }
    GroundingAnswer answer =
        service.label(
            new RequestDraft(
                request.inputs(),
                LABELS,
                parameters.labels(),
                null,
                null,
                parameters.threshold() == null ? null : parameters.threshold().toString(),
                parameters.top(),
                null,
                parameters.model()),
            incoming.read(headers::getHeaderString));
    return detections(answer, parameters.labels());
  }

  /** Answers keep the order of what was asked, so each label comes back as it was written. */
  private static List<Detection> detections(GroundingAnswer answer, List<String> labels) {
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      answer
          .phrases()
          .get(i)
          .boxes()
          .forEach(box -> found.add(new Detection(box.score(), label, Corners.of(box.box()))));
    }
    found.sort(Comparator.comparingDouble(Detection::score).reversed());
    return found;
  }

  private static GroundingException malformed() {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        "The body is not a request for zero-shot object detection",
        "send {\"inputs\": BASE64, \"parameters\": {\"candidate_labels\": [...]}}");
  }
}
