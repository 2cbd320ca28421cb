package io.deixis.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.service.problem.Addresses;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to the OpenAPI description: the server, the form of a request (with the members of the JSON
 * one), and examples that can be sent as they are. Their photo is an orange square.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescriptionFilter implements OASFilter {

  private static final String JSON = "application/json";

  private static final String PHOTO =
      "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR42mM4UaFBU8"
          + "QwasGoBaMWjFowasGoBaMWjFowasGoBaMWDBULAIvioExdDtm1AAAAAElFTkSuQmCC";

  private static final String GROUND_REQUEST =
      """
      {"image": "%s", "phrases": ["an orange square"], "threshold": "best"}
      """
          .formatted(PHOTO);

  private static final String GROUND_ANSWER =
      """
      {"image": {"width": 32, "height": 32}, "threshold": 0.3875,
       "phrases": [{"text": "an orange square", "types": [], "found": true, "state": "found",
                    "score": 0.8123, "boxes": [{"box": [0.0, 0.0, 32.0, 32.0], "score": 0.8123}]}],
       "model": {"name": "deixis-base", "version": "1"},
       "timings": {"stages": {"decode": 1.2, "backbone": 40.1}, "totalMs": 43.5,
                   "imageCached": false}}
      """;

  private static final String BATCH_ANSWER =
      """
      {"line": 1, "answer": %s}
      """
          .formatted(GROUND_ANSWER);

  private static final String EVENT =
      """
      {"specversion": "1.0", "id": "1", "source": "/cameras/1", "type": "io.deixis.ground",
       "subject": "square.png", "datacontenttype": "application/json", "data": %s}
      """
          .formatted(GROUND_REQUEST);

  private static final String EVENT_ANSWER =
      """
      {"specversion": "1.0", "id": "6d0f1c2e-4a3b-4d8e-9f57-2b1c3d4e5f60",
       "source": "/functions/ground", "type": "io.deixis.grounding.answer.v1",
       "subject": "square.png", "datacontenttype": "application/json", "data": %s}
      """
          .formatted(GROUND_ANSWER);

  private static final String ZERO_SHOT_REQUEST =
      """
      {"inputs": "%s", "parameters": {"candidate_labels": ["an orange square", "a dog"]}}
      """
          .formatted(PHOTO);

  private static final String ZERO_SHOT_ANSWER =
      """
      [{"score": 0.8123, "label": "an orange square",
        "box": {"xmin": 0, "ymin": 0, "xmax": 32, "ymax": 32}}]
      """;

  private static final String COCO_ANSWER =
      """
      [{"image_id": 1, "file_name": "square.png", "category_id": 1, "phrase": "an orange square",
        "bbox": [0.0, 0.0, 32.0, 32.0], "score": 0.8123}]
      """;

  private static final String CSV_ANSWER =
      """
      file,image_id,width,height,phrase_number,phrase,entity,types,found,score,x1,y1,x2,y2,state
      square.png,1,32,32,1,an orange square,,,true,0.8123,0.0,0.0,32.0,32.0,found
      """;

  private static final String MODEL =
      """
      {"name": "deixis-base", "version": "1", "description": "Finds in photos what phrases mean.",
       "licence": "Apache-2.0", "thresholds": {"best": 0.2975, "default": 0.5, "unsure": 0.1068},
       "metrics": {"val recall@1": 0.723}}
      """;

  private static final String MODELS =
      """
      {"default": "deixis-base", "models": [%s]}
      """
          .formatted(MODEL);

  private static final String INFERENCE_MODEL =
      """
      {"name": "deixis-base", "versions": ["1"], "platform": "deixis",
       "inputs": [{"name": "image", "datatype": "BYTES", "shape": [1]},
                  {"name": "phrase", "datatype": "BYTES", "shape": [-1]}],
       "outputs": [{"name": "box", "datatype": "FP32", "shape": [-1, 4]},
                   {"name": "score", "datatype": "FP32", "shape": [-1]}]}
      """;

  /** What is read with GET, by its path. */
  private static final Map<String, String> READ =
      Map.of(
          "/v1/models", MODELS,
          "/v1/models/{name}", MODEL,
          "/v2", "{\"name\": \"deixis\", \"version\": \"0.2.0\", \"extensions\": []}",
          "/v2/health/live", "{\"live\": true}",
          "/v2/health/ready", "{\"ready\": true}",
          "/v2/models/{name}", INFERENCE_MODEL,
          "/v2/models/{name}/ready", "{\"name\": \"deixis-base\", \"ready\": true}");

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.addServer(OASFactory.createServer().url("/").description("This server"));
    Components components = api.getComponents();
    components.addSchema("GroundForm", form(components.getSchemas().get("GroundRequest")));
    examples(api, "/v1/ground", JSON, GROUND_REQUEST, GROUND_ANSWER);
    examples(api, "/v1/ground/batch", Addresses.NDJSON, GROUND_REQUEST, BATCH_ANSWER);
    examples(api, "/v1/zero-shot-object-detection", JSON, ZERO_SHOT_REQUEST, ZERO_SHOT_ANSWER);
    examples(api, "/functions/ground", JSON, GROUND_REQUEST, GROUND_ANSWER);
    examples(api, "/functions/ground", "application/cloudevents+json", EVENT, EVENT_ANSWER);
    answer(api, "/v1/ground", PathItem::getPOST)
        .ifPresent(
            content -> {
              content.removeMediaType("*/*"); // each of its own is there too
              example(content, "application/vnd.coco+json", COCO_ANSWER);
              content.getMediaType("text/csv").setExample(CSV_ANSWER);
            });
    READ.forEach(
        (path, json) ->
            answer(api, path, PathItem::getGET).ifPresent(content -> example(content, JSON, json)));
  }

  /** The photo is a file of its own, with its name, and a phrase a field that may be repeated. */
  private static Schema form(Schema request) {
    Schema form = OASFactory.createSchema().type(request.getType()).required(request.getRequired());
    request
        .getProperties()
        .forEach(
            (name, member) -> {
              switch (name) {
                case "image" ->
                    form.addProperty(
                        name,
                        OASFactory.createSchema()
                            .addType(SchemaType.STRING)
                            .format("binary")
                            .minLength(1)
                            .description("The photo: JPEG, PNG, WebP, GIF, BMP or TIFF"));
                case "phrases" -> form.addProperty("phrase", member);
                case "file_name" -> {}
                default -> form.addProperty(name, member);
              }
            });
    return form;
  }

  private static void examples(
      OpenAPI api, String path, String type, String request, String answer) {
    operation(api, path, PathItem::getPOST)
        .map(Operation::getRequestBody)
        .map(RequestBody::getContent)
        .ifPresent(content -> example(content, type, request));
    answer(api, path, PathItem::getPOST).ifPresent(content -> example(content, type, answer));
  }

  private static Optional<Operation> operation(
      OpenAPI api, String path, Function<PathItem, Operation> method) {
    return Optional.ofNullable(api.getPaths().getPathItem(path)).map(method);
  }

  private static Optional<Content> answer(
      OpenAPI api, String path, Function<PathItem, Operation> method) {
    return operation(api, path, method)
        .map(operation -> operation.getResponses().getAPIResponse("200"))
        .map(APIResponse::getContent);
  }

  private static void example(Content content, String type, String json) {
    MediaType media = content.getMediaType(type);
    if (media == null) {
      return;
    }
    try {
      media.setExample(new ObjectMapper().readValue(json, Object.class));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
