package io.deixis.service.http;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The health and metadata routes of the Open Inference Protocol (version 2, REST), by which KServe
 * and similar platforms monitor a model server. Inference itself is {@code POST /v1/ground}.
 */
@Path("/v2")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference Protocol")
public class InferenceProtocolResource {

  private final Grounder grounder;
  private final String version;

  InferenceProtocolResource(
      Grounder grounder, @ConfigProperty(name = "quarkus.application.version") String version) {
    this.grounder = grounder;
    this.version = version;
  }

  /** What the server is. */
  @RegisterForReflection
  public record Server(String name, String version, List<String> extensions) {}

  /** Whether the server lives. */
  @RegisterForReflection
  public record Live(boolean live) {}

  /** Whether the server, and so its model, is ready. */
  @RegisterForReflection
  public record Ready(boolean ready) {}

  /** Whether a model is ready. */
  @RegisterForReflection
  public record ModelReady(String name, boolean ready) {}

  /**
   * A tensor that a model takes or gives.
   *
   * @param shape its dimensions, -1 for one that varies
   */
  @RegisterForReflection
  public record Tensor(String name, String datatype, List<Integer> shape) {}

  /** What a model is. */
  @RegisterForReflection
  public record Model(
      String name,
      List<String> versions,
      String platform,
      List<Tensor> inputs,
      List<Tensor> outputs) {}

  /** Describes the server. */
  @GET
  @Operation(operationId = "serverMetadata", summary = "Describe the server")
  public Server server() {
    return new Server("deixis", version, List.of());
  }

  /** Answers while the server lives. */
  @GET
  @Path("/health/live")
  @Operation(operationId = "serverLive", summary = "Ask whether the server lives")
  public Live live() {
    return new Live(true);
  }

  /**
   * Answers while there is a model.
   *
   * @throws GroundingException while there is none
   */
  @GET
  @Path("/health/ready")
  @Operation(operationId = "serverReady", summary = "Ask whether the server is ready")
  public Ready ready() {
    grounder.checkReady();
    return new Ready(true);
  }

  /** Describes a model. */
  @GET
  @Path("/models/{name}")
  @Operation(operationId = "modelMetadata", summary = "Describe a model's inputs and outputs")
  public Model model(@Parameter(example = "deixis-base") @PathParam("name") String name) {
    ModelDescription model = grounder.model(Optional.of(name));
    return new Model(
        model.name(),
        List.of(model.version()),
        "deixis",
        List.of(
            new Tensor("image", "BYTES", List.of(1)), new Tensor("phrase", "BYTES", List.of(-1))),
        List.of(
            new Tensor("box", "FP32", List.of(-1, 4)), new Tensor("score", "FP32", List.of(-1))));
  }

  /** Answers while a model is ready. Those besides the default are loaded by their first use. */
  @GET
  @Path("/models/{name}/ready")
  @Operation(operationId = "modelReady", summary = "Ask whether a model is ready")
  public ModelReady modelReady(@Parameter(example = "deixis-base") @PathParam("name") String name) {
    ModelDescription model = grounder.model(Optional.of(name));
    if (model.name().equals(grounder.model().name())) {
      grounder.checkReady();
    }
    return new ModelReady(model.name(), true);
  }
}
