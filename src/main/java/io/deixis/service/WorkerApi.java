package io.deixis.service;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingException.Reason;
import io.deixis.rendering.AnswerDocument;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;

/** The part of the HTTP interface that a front uses of its worker. */
@Path("/v1")
interface WorkerApi {

  @POST
  @Path("/ground")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Produces(MediaType.APPLICATION_JSON)
  AnswerDocument ground(ClientMultipartForm form);

  @GET
  @Path("/models")
  @Produces(MediaType.APPLICATION_JSON)
  ModelList models();

  @GET
  @Path("/models/{name}")
  @Produces(MediaType.APPLICATION_JSON)
  ModelDocument model(@PathParam("name") String name);

  /** Reads the worker's problem back into the exception that it reports. */
  @ClientExceptionMapper
  static RuntimeException refusal(Response response) {
    if (MediaType.valueOf(Problem.MEDIA_TYPE).isCompatible(response.getMediaType())) {
      Problem problem = response.readEntity(Problem.class);
      Reason reason = ProblemType.reason(problem.type()).orElse(Reason.WORKER_UNAVAILABLE);
      if (reason != Reason.WORKER_UNAVAILABLE && reason != Reason.INTERNAL) {
        return new GroundingException(reason, problem.field(), problem.detail());
      }
    }
    return new GroundingException(
        Reason.WORKER_UNAVAILABLE,
        null,
        "The worker could not answer (status %d); try again in a moment."
            .formatted(response.getStatus()));
  }
}
