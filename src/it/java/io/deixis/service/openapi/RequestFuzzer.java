package io.deixis.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deixis.service.openapi.ApiDescription.Operation;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests for described operations, some valid and some not; the same for a seed. */
final class RequestFuzzer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "fuzzed-form";

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "a cat",
          "NaN",
          "-1",
          "1e999",
          "null",
          "best/people",
          "[/EN#1/people a man",
          "[/EN#1/people A man] in [/EN#2/clothing a hat]",
          "Zwölf Boxkämpfer \uD83D\uDE00",
          "\uD800",
          "\u202Eright to left",
          "'; DROP TABLE models; --",
          "../../etc/passwd",
          "file:///etc/passwd",
          "<script>alert(1)</script>",
          "%00%0d%0a",
          "a ".repeat(5_000));

  private static final List<String> ACCEPTED =
      List.of(
          "application/json",
          "*/*",
          "image/svg+xml",
          "application/vnd.coco+json",
          "text/html",
          "application/xml",
          "application/problem+json",
          "application/json;q=0, image/svg+xml;q=0.5",
          "nothing at all",
          "");

  /** Takes labels by names of its own. */
  private static final String ZERO_SHOT = "/zero-shot-object-detection";

  private static final String NDJSON = "application/x-ndjson";

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "multipart/form-data",
          "multipart/form-data; boundary=" + BOUNDARY,
          "multipart/form-data; boundary=",
          "application/cloudevents+json",
          "application/cloudevents-batch+json",
          NDJSON,
          "text/plain",
          "image/jpeg",
          "application/x-www-form-urlencoded",
          "nothing at all",
          "");

  private static final List<String> SECONDS =
      List.of("60", "60.5", "0", "-1", "NaN", "soon", "1e99");

  private final URI server;
  private final byte[] photo;
  private final String model;
  private final Random random;

  RequestFuzzer(URI server, byte[] photo, String model, long seed) {
    this.server = server;
    this.photo = photo;
    this.model = model;
    this.random = new Random(seed);
  }

  /**
   * A request.
   *
   * @param valid whether it must be answered with 200; if not, anything described may come
   * @param says what was sent, for a person
   */
  record Fuzzed(HttpRequest request, boolean valid, String says) {}

  /** Returns a request that keeps to the description. */
  Fuzzed valid(Operation operation) {
    HttpRequest.Builder request = request(operation, model, "");
    if (operation.body().isEmpty()) {
      return new Fuzzed(request.GET().build(), true, "valid");
    }
    ObjectNode document = JSON.createObjectNode();
    boolean lines = operation.body().containsKey(NDJSON);
    boolean form =
        !lines && random.nextBoolean() && operation.body().containsKey("multipart/form-data");
    if (operation.path().endsWith(ZERO_SHOT)) {
      document.put("inputs", Base64.getEncoder().encodeToString(photo));
      document.putObject("parameters").putArray("candidate_labels").add("a cat").add("the table");
      return new Fuzzed(
          request
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(document.toString()))
              .build(),
          true,
          "valid, labels");
    }
    document.put("image", Base64.getEncoder().encodeToString(photo));
    if (random.nextBoolean()) {
      document.put("caption", "A cat on a table.");
    } else {
      document.putArray(form ? "phrase" : "phrases").add("a cat").add("the table");
    }
    if (random.nextBoolean()) {
      document.put("top", 1 + random.nextInt(100));
      document.put("nms", random.nextInt(101) / 100.0);
      document.put("threshold", Double.toString(random.nextInt(101) / 100.0));
    }
    if (form) {
      request
          .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
          .POST(BodyPublishers.ofByteArray(form(document)));
    } else {
      request
          .header("Content-Type", lines ? NDJSON : "application/json")
          .POST(BodyPublishers.ofString(document + "\n"));
    }
    return new Fuzzed(request.build(), true, "valid, form " + form);
  }

  /** Returns a request that is wrong somewhere, or nearly. */
  Fuzzed mutated(Operation operation) {
    HttpRequest.Builder request =
        request(
            operation,
            random.nextInt(3) == 0 ? model : shortened(pick(TEXTS)) + "x",
            random.nextInt(5) == 0 ? "?top=x&%00=1" : "");
    String accept = pick(ACCEPTED);
    String type = pick(TYPES);
    header(request, "Accept", accept);
    header(request, "X-Request-Id", random.nextInt(4) == 0 ? "x".repeat(500) : "");
    header(request, "traceparent", random.nextInt(4) == 0 ? "00-0-0-0" : "");
    if (random.nextInt(4) == 0) {
      header(request, "X-Request-Timeout", pick(SECONDS));
    }
    if (random.nextInt(4) == 0) {
      header(request, "ce-specversion", random.nextBoolean() ? "1.0" : "7");
      header(request, "ce-id", random.nextBoolean() ? "1" : "");
      header(request, "ce-type", "t");
      header(request, "ce-source", random.nextBoolean() ? "/s" : ":::");
    }
    if (operation.body().isEmpty()) {
      return new Fuzzed(request.GET().build(), false, "accepts " + accept);
    }
    header(request, "Content-Type", type);
    byte[] body = body(operation, type.startsWith("multipart"));
    request.POST(BodyPublishers.ofByteArray(body));
    return new Fuzzed(
        request.build(),
        false,
        "accepts %s, is %s: %s"
            .formatted(
                accept,
                type,
                new String(body, 0, Math.min(body.length, 300), StandardCharsets.ISO_8859_1)));
  }

  private HttpRequest.Builder request(Operation operation, String parameter, String query) {
    String path =
        operation
            .path()
            .replaceAll(
                "\\{\\w+}",
                URLEncoder.encode(parameter, StandardCharsets.UTF_8).replace("+", "%20"));
    return HttpRequest.newBuilder(server.resolve(path + query)).timeout(Duration.ofMinutes(1));
  }

  private static void header(HttpRequest.Builder request, String name, String value) {
    if (!value.isEmpty()) {
      request.header(name, value);
    }
  }

  private byte[] body(Operation operation, boolean form) {
    List<JsonNode> schemas = new ArrayList<>(operation.body().values());
    ObjectNode document = document(schemas.get(random.nextInt(schemas.size())));
    byte[] body = form ? form(document) : document.toString().getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(8)) {
      case 0 -> new byte[0];
      case 1 -> Arrays.copyOf(body, random.nextInt(body.length));
      case 2 -> noise();
      case 3 -> "[".repeat(20_000).getBytes(StandardCharsets.UTF_8);
      case 4 -> flipped(body);
      default -> body;
    };
  }

  /** Gives each member of {@code schema}, now and then, a value of its kind or of another. */
  private ObjectNode document(JsonNode schema) {
    ObjectNode document = JSON.createObjectNode();
    document.put("image", Base64.getEncoder().encodeToString(photo));
    for (Iterator<Map.Entry<String, JsonNode>> members = schema.path("properties").fields();
        members.hasNext(); ) {
      Map.Entry<String, JsonNode> member = members.next();
      if (random.nextInt(3) == 0) {
        document.set(member.getKey(), value(random.nextInt(4) == 0 ? null : member.getValue()));
      }
    }
    if (random.nextInt(10) == 0) {
      document.set("member" + random.nextInt(10), value(null));
    }
    return document;
  }

  private JsonNode value(JsonNode schema) {
    String type = schema == null ? "any" : schema.path("type").asText();
    return switch (type) {
      case "string" -> JSON.valueToTree(pick(TEXTS));
      case "integer" -> JSON.valueToTree(pick(List.of(0, 1, 100, 101, -1, Integer.MAX_VALUE)));
      case "number" -> JSON.valueToTree(pick(List.of(0.0, 0.5, 1.0, 1.0001, -0.1, 1e300)));
      case "array" ->
          JSON.valueToTree(
              random
                  .ints(pick(List.of(0, 1, 2, 64, 65)), 0, TEXTS.size())
                  .mapToObj(TEXTS::get)
                  .toList());
      default ->
          JSON.valueToTree(
              pick(
                  Arrays.asList(
                      null, true, 1, 1e300, "x", List.of(), List.of(List.of()), Map.of("a", 1))));
    };
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(2_000)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] flipped(byte[] body) {
    byte[] flipped = body.clone();
    for (int i = 0; i < 3; i++) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] form(ObjectNode document) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    document
        .fields()
        .forEachRemaining(
            member -> {
              Iterable<JsonNode> values =
                  member.getValue().isArray() ? member.getValue() : List.of(member.getValue());
              for (JsonNode value : values) {
                part(form, member.getKey(), value.asText());
              }
            });
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static void part(ByteArrayOutputStream form, String name, String value) {
    boolean image = name.equals("image");
    form.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                .formatted(BOUNDARY, name, image ? "; filename=\"photo.webp\"" : ""))
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(image ? decoded(value) : value.getBytes(StandardCharsets.UTF_8));
    form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException none) {
      return base64.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An address of more than 4,096 characters is refused before it leads to any operation. */
  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), 1_000));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
