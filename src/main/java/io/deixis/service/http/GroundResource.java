package io.deixis.service.http;

import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnswerWriters;
import io.deixis.answers.CocoWriter;
import io.deixis.answers.ForwardedWriter;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.problem.Problem;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /v1/ground}: one photo and its phrases in, scored boxes out. */
@Path("/v1/ground")
@Blocking
@Produces(MediaType.WILDCARD)
@Tag(name = "Grounding")
public class GroundResource {

  private final GroundingService service;
  private final AnswerWriters writers;
  private final IncomingContext incoming;
  private final List<Variant> variants;

  GroundResource(GroundingService service, AnswerWriters writers, IncomingContext incoming) {
    this.service = service;
    this.writers = writers;
    this.incoming = incoming;
    this.variants =
        Variant.mediaTypes(
                writers.mediaTypes().stream().map(MediaType::valueOf).toArray(MediaType[]::new))
            .build();
  }

  /** Grounds phrases that come as a form. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "groundForm",
      summary = "Find phrases in a photo",
      description =
          "Answers as JSON, as COCO results (application/vnd.coco+json), as an annotated SVG or PNG"
              + " or as CSV, by the Accept header. Options are fields of the body: one in the"
              + " address is refused (option-unknown).")
  @RequestBody(content = @Content(schema = @Schema(ref = "#/components/schemas/GroundForm")))
  @APIResponse(
      responseCode = "200",
      description = "What was found",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = GroundingAnswer.class)),
        @Content(mediaType = "image/svg+xml"),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "application/vnd.coco+json",
            schema = @Schema(implementation = CocoWriter.Result[].class)),
        @Content(mediaType = "text/csv")
      })
  @APIResponse(
      responseCode = "default",
      description = "A problem, by RFC 9457",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response form(byte[] body, @Context HttpHeaders headers, @Context Request request) {
    return answer(body, headers, request);
  }

  /** Grounds phrases that come as JSON. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "groundJson", summary = "Find phrases in a photo")
  @RequestBody(content = @Content(schema = @Schema(implementation = GroundRequestDocument.class)))
  public Response json(byte[] body, @Context HttpHeaders headers, @Context Request request) {
    return answer(body, headers, request);
  }

  private Response answer(byte[] body, HttpHeaders headers, Request request) {
    Variant wanted = request.selectVariant(variants);
    if (wanted == null) {
      throw new NotAcceptableException();
    }
    IncomingRequest asked =
        RequestReader.read(body, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
    RequestContext context = incoming.read(headers::getHeaderString);
    AnswerWriter writer = writers.of(wanted.getMediaType().toString());
    byte[] document =
        writer instanceof ForwardedWriter forwarded
            ? forwarded.forward(service.request(asked.draft(), context))
            : writer.write(asked.with(service.ground(asked.draft(), context)));
    return Response.ok(document, wanted).build();
  }
}
