package io.deixis.service;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to the description of the interface the server that it is of, and examples that can be sent
 * as they are: their photo is an orange square.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiExamples implements OASFilter {

  private static final String PHOTO =
      "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR42mM4UaFBU8QwasGoBaMWjFowasGoBaMWjFowasGoBaMWDBULAIvioExdDtm1AAAAAElFTkSuQmCC";

  private static final Map<String, Object> ANSWER =
      Map.of(
          "image",
          Map.of("width", 32, "height", 32),
          "threshold",
          0.3875,
          "phrases",
          List.of(
              Map.of(
                  "text",
                  "an orange square",
                  "types",
                  List.of(),
                  "found",
                  true,
                  "score",
                  0.8123,
                  "boxes",
                  List.of(Map.of("box", List.of(0.0, 0.0, 32.0, 32.0), "score", 0.8123)))),
          "model",
          Map.of("name", "deixis-small", "version", "4"),
          "timings",
          Map.of(
              "stages",
              Map.of("decode", 1.2, "encode", 40.1),
              "totalMs",
              43.5,
              "imageCached",
              false));

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.addServer(OASFactory.createServer().url("/").description("This server"));
    post(api, "/v1/ground")
        .ifPresent(
            ground -> {
              request(
                  ground,
                  Map.of(
                      "image", PHOTO, "phrases", List.of("an orange square"), "threshold", "best"));
              response(ground, ANSWER);
            });
    post(api, "/v1/zero-shot-object-detection")
        .ifPresent(
            detect -> {
              request(
                  detect,
                  Map.of(
                      "inputs",
                      PHOTO,
                      "parameters",
                      Map.of("candidate_labels", List.of("an orange square", "a dog"))));
              response(
                  detect,
                  List.of(
                      Map.of(
                          "score",
                          0.8123,
                          "label",
                          "an orange square",
                          "box",
                          Map.of("xmin", 0, "ymin", 0, "xmax", 32, "ymax", 32))));
            });
  }

  private static Optional<Operation> post(OpenAPI api, String path) {
    return Optional.ofNullable(api.getPaths().getPathItem(path)).map(PathItem::getPOST);
  }

  private static void request(Operation operation, Object example) {
    Optional.ofNullable(operation.getRequestBody())
        .map(body -> body.getContent())
        .ifPresent(content -> example(content, example));
  }

  private static void response(Operation operation, Object example) {
    Optional.ofNullable(operation.getResponses().getAPIResponse("200"))
        .map(APIResponse::getContent)
        .ifPresent(content -> example(content, example));
  }

  private static void example(Content content, Object example) {
    MediaType json = content.getMediaType("application/json");
    if (json != null) {
      json.setExample(example);
    }
  }
}
