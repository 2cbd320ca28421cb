package io.deixis.service;

import io.deixis.answers.AnnotatedSvg;
import io.deixis.answers.AnswerDocument;
import io.deixis.answers.CocoResult;
import io.deixis.grounding.GroundingRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /v1/ground}: one photo and its phrases in, scored boxes out. */
@Path("/v1/ground")
@Blocking
@Produces({MediaType.APPLICATION_JSON, AnnotatedSvg.MEDIA_TYPE, GroundResource.COCO})
@Tag(name = "Grounding")
public class GroundResource {

  /** The media type of COCO results. */
  public static final String COCO = "application/vnd.coco+json";

  private static final MediaType SVG_TYPE = MediaType.valueOf(AnnotatedSvg.MEDIA_TYPE);
  private static final MediaType COCO_TYPE = MediaType.valueOf(COCO);
  private static final List<Variant> VARIANTS =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, SVG_TYPE, COCO_TYPE).build();

  private final ConfiguredThresholds thresholds;
  private final RequestChecker checker;
  private final JsonRequestReader json;
  private final AnnotatedSvg svg;
  private final IncomingContext incoming;

  GroundResource(
      ConfiguredThresholds thresholds,
      RequestChecker checker,
      JsonRequestReader json,
      AnnotatedSvg svg,
      IncomingContext incoming) {
    this.thresholds = thresholds;
    this.checker = checker;
    this.json = json;
    this.svg = svg;
    this.incoming = incoming;
  }

  /** Grounds phrases that come as a form. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "groundForm",
      summary = "Find phrases in a photo",
      description =
          "Answers as JSON, as COCO results (application/vnd.coco+json) or as an annotated SVG,"
              + " by the Accept header.")
  @RequestBody(content = @Content(schema = @Schema(implementation = GroundForm.class)))
  @APIResponse(
      responseCode = "200",
      description = "What was found",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AnswerDocument.class)),
        @Content(mediaType = AnnotatedSvg.MEDIA_TYPE),
        @Content(mediaType = COCO, schema = @Schema(implementation = CocoResult[].class))
      })
  @APIResponse(
      responseCode = "default",
      description = "A problem, by RFC 9457",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response form(byte[] body, @Context HttpHeaders headers, @Context Request request) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return answer(MultipartRequestReader.read(body, type), headers, request);
  }

  /** Grounds phrases that come as JSON. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "groundJson", summary = "Find phrases in a photo")
  @RequestBody(content = @Content(schema = @Schema(implementation = GroundRequestDocument.class)))
  public Response json(byte[] body, @Context HttpHeaders headers, @Context Request request) {
    return answer(json.read(body), headers, request);
  }

  private Response answer(RequestDraft draft, HttpHeaders headers, Request request) {
    Variant wanted = request.selectVariant(VARIANTS);
    if (wanted == null) {
      throw new NotAcceptableException();
    }
    GroundingRequest checked = checker.check(draft).in(incoming.read(headers::getHeaderString));
    AnswerDocument answer = thresholds.ground(checked, draft.threshold() != null);
    return Response.ok(rendered(answer, checked.image(), wanted.getMediaType()), wanted).build();
  }

  private Object rendered(AnswerDocument answer, byte[] image, MediaType wanted) {
    if (wanted.equals(SVG_TYPE)) {
      return svg.renderOver(image, answer);
    }
    return wanted.equals(COCO_TYPE) ? CocoResult.of(answer, 1) : answer;
  }
}
