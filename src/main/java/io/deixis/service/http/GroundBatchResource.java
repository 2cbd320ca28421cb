package io.deixis.service.http;

import io.deixis.grounding.RequestContext;
import io.deixis.service.admission.Place;
import io.deixis.service.problem.Addresses;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /v1/ground/batch}: many photos, one JSON request a line. */
@Path(Addresses.BATCH)
@Blocking
@Tag(name = "Grounding")
public class GroundBatchResource {

  private final GroundBatch batch;
  private final IncomingContext incoming;

  GroundBatchResource(GroundBatch batch, IncomingContext incoming) {
    this.batch = batch;
    this.incoming = incoming;
  }

  /** Grounds requests line by line. */
  @POST
  @Consumes(Addresses.NDJSON)
  @Produces(Addresses.NDJSON)
  @Operation(
      operationId = "groundBatch",
      summary = "Find phrases in many photos",
      description =
          "Takes the JSON of POST /v1/ground, one document a line, and answers line by line in the"
              + " same order, each as soon as it is there. A line that cannot be answered has a"
              + " problem in place of an answer, and the others go on. X-Request-Timeout is the"
              + " time that each line may take. Options are members of the lines: one in the"
              + " address is refused (option-unknown).")
  @RequestBody(
      content =
          @Content(
              mediaType = Addresses.NDJSON,
              schema = @Schema(implementation = GroundRequestDocument.class)))
  @APIResponse(
      responseCode = "200",
      description = "One document a line: its number, and its answer or a problem",
      content =
          @Content(
              mediaType = Addresses.NDJSON,
              schema = @Schema(implementation = BatchLine.class)))
  public StreamingOutput ground(
      InputStream body, @Context HttpHeaders headers, @Context RoutingContext routing) {
    RequestContext context = incoming.read(headers::getHeaderString);
    Place place = routing.get(Place.class.getName());
    return out -> {
      try (place) {
        batch.run(body, context, place, out);
      }
    };
  }
}
