package io.deixis.service.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.service.http.IncomingContext;
import io.deixis.service.http.RequestReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code POST /functions/ground}: the function over HTTP. A CloudEvent, in binary or structured
 * mode, is answered with a CloudEvent in the same mode; anything else with the bare answer.
 */
@Path("/functions/ground")
@Blocking
@Tag(name = "Functions")
public class FunctionResource {

  /** The type of the events that answer. */
  static final String ANSWER_TYPE = "io.deixis.grounding.answer.v1";

  private static final URI SOURCE = URI.create("/functions/ground");

  private final GroundingService service;
  private final ObjectMapper mapper;
  private final IncomingContext incoming;

  FunctionResource(GroundingService service, ObjectMapper mapper, IncomingContext incoming) {
    this.service = service;
    this.mapper = mapper;
    this.incoming = incoming;
  }

  /** Grounds what an event or a plain request asks for. */
  @POST
  @Operation(
      operationId = "groundFunction",
      summary = "Find phrases in a photo, as a function",
      description =
          "Takes the JSON of POST /v1/ground, bare or as the data of a CloudEvent (binary or"
              + " structured mode).")
  @RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(ref = "#/components/schemas/GroundRequest")),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA,
            schema = @Schema(ref = "#/components/schemas/GroundForm")),
        @Content(mediaType = EventMessage.STRUCTURED, schema = @Schema(type = SchemaType.OBJECT))
      })
  @APIResponse(
      responseCode = "200",
      description = "What was found, bare or as an event",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = GroundingAnswer.class)),
        @Content(mediaType = EventMessage.STRUCTURED, schema = @Schema(type = SchemaType.OBJECT))
      })
  public Response ground(byte[] body, @Context HttpHeaders headers) throws JsonProcessingException {
    if (EventMessage.isIn(headers)) {
      return answer(EventMessage.read(headers, body), headers);
    }
    RequestContext context = incoming.read(headers::getHeaderString);
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return Response.ok(
            service.ground(RequestReader.read(body, type).draft(), context),
            MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private Response answer(EventMessage message, HttpHeaders headers)
      throws JsonProcessingException {
    CloudEvent event = message.event();
    RequestContext context =
        incoming.read(
            name -> {
              String header = headers.getHeaderString(name);
              return header == null ? extension(event, name) : header;
            });
    GroundingAnswer answer =
        service.ground(
            RequestReader.read(event.getData().toBytes(), event.getDataContentType()).draft(),
            context);
    return message.reply(
        CloudEventBuilder.v1()
            .withId(UUID.randomUUID().toString())
            .withSource(SOURCE)
            .withType(ANSWER_TYPE)
            .withSubject(event.getSubject())
            .withData(MediaType.APPLICATION_JSON, mapper.writeValueAsBytes(answer))
            .build());
  }

  /** Reads an extension, such as {@code traceparent} of the distributed tracing extension. */
  private static String extension(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : value.toString();
  }
}
