package io.deixis.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An OpenAPI 3.1 document, read as one whose objects have no members but those described. */
final class ApiDescription {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> compiled = new HashMap<>();

  private ApiDescription(JsonNode document) {
    this.document = document;
  }

  static ApiDescription read(String json) throws IOException {
    JsonNode document = JSON.readTree(json);
    document.path("components").path("schemas").forEach(ApiDescription::close);
    return new ApiDescription(document);
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }

  /**
   * One operation.
   *
   * @param method in capitals
   * @param path with its parameters in braces
   * @param body the schemas of its request body by media type, references followed
   */
  record Operation(String method, String path, Map<String, JsonNode> body, JsonNode responses) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Returns all operations. */
  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    bodies(method.getValue().path("requestBody").path("content")),
                                    method.getValue().path("responses")))));
    return operations;
  }

  private Map<String, JsonNode> bodies(JsonNode content) {
    Map<String, JsonNode> bodies = new HashMap<>();
    content
        .fields()
        .forEachRemaining(
            type -> bodies.put(type.getKey(), followed(type.getValue().path("schema"))));
    return new TreeMap<>(bodies);
  }

  private JsonNode followed(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
  }

  /** Returns how an answer differs from the description; empty if it does not. */
  Optional<String> difference(Operation operation, HttpResponse<byte[]> answer) throws IOException {
    JsonNode response = operation.responses().path(Integer.toString(answer.statusCode()));
    if (response.isMissingNode()) {
      return Optional.of("the status " + answer.statusCode() + " is not described");
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll("\\s*;.*", "");
    JsonNode content = response.path("content").path(type);
    if (content.isMissingNode()) {
      return Optional.of(
          "the media type \"%s\" of %d is not described".formatted(type, answer.statusCode()));
    }
    if (!type.endsWith("json") || content.path("schema").isEmpty()) {
      return Optional.empty();
    }
    if (type.endsWith("ndjson") && answer.body().length == 0) {
      return Optional.empty(); // no lines
    }
    JsonNode body = JSON.readTree(answer.body());
    if (answer.statusCode() >= 400 && body.path("status").asInt() != answer.statusCode()) {
      return Optional.of("the problem tells another status than the answer");
    }
    Set<ValidationMessage> faults = schema(content.path("schema")).validate(body);
    return faults.stream().findFirst().map(ValidationMessage::getMessage);
  }

  private JsonSchema schema(JsonNode schema) {
    return compiled.computeIfAbsent(
        schema.toString(),
        key -> {
          ObjectNode whole = JSON.createObjectNode();
          whole.set("components", document.path("components"));
          whole.putArray("allOf").add(schema);
          return schemas.getSchema(whole);
        });
  }
}
