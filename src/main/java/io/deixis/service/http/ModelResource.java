package io.deixis.service.http;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.ModelDescription;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    return of(grounder.models());
  }

  private static ModelList of(List<ModelDescription> models) {
    return new ModelList(models.get(0).name(), models);
  }

  /** Describes one model. */
  @GET
  @Path("/{name}")
  @Operation(operationId = "getModel", summary = "Describe a model with its card and evaluation")
  public ModelDocument get(@Parameter(example = "deixis-base") @PathParam("name") String name) {
    return ModelDocument.of(grounder.profile(Optional.of(name)));
  }
}
