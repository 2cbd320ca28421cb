package io.deixis.service.http;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.ModelProfile;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /v1/models}: what answers here, with its thresholds and measured quality. */
@Path("/v1/models")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
public class ModelResource {

  private final Grounder grounder;

  ModelResource(Grounder grounder) {
    this.grounder = grounder;
  }

  /** Lists the models that answer. */
  @GET
  @Operation(operationId = "listModels", summary = "List the models that answer")
  public ModelList list() {
    return new ModelList(List.of(grounder.model()));
  }

  /** Describes one model. */
  @GET
  @Path("/{name}")
  @Operation(operationId = "getModel", summary = "Describe a model with its card and evaluation")
  public ModelDocument get(@PathParam("name") String name) {
    ModelProfile profile = grounder.profile();
    if (!profile.model().name().equals(name)) {
      throw new NotFoundException();
    }
    return ModelDocument.of(profile);
  }
}
