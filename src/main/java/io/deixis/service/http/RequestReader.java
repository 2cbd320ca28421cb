package io.deixis.service.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.requests.RequestDraft;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads grounding requests, the one place for every way in: forms, JSON, lines of a batch, events
 * of functions. A member that comes twice, is unknown or of another kind than described is refused:
 * nothing is guessed.
 */
public final class RequestReader {

  private static final String MEMBERS =
      "image, phrases, caption, query, threshold, top, nms, model, image_id, file_name";

  private static final List<String> FIELDS =
      List.of(
          "image", "phrase", "caption", "query", "threshold", "top", "nms", "model", "image_id");

  private static final Set<String> REPEATED = Set.of("phrase");

  /** Longer than the name of any field, and short enough to be repeated in a message. */
  private static final int NAME_CHARACTERS = 64;

  private static final Pattern JSON = Pattern.compile("application/([\\w.-]+\\+)?json\\s*(;.*)?");

  private static final JsonFactory FACTORY = new JsonFactory();

  private RequestReader() {}

  /** Returns whether a body is JSON by its type; one of no type is. */
  public static boolean isJson(String contentType) {
    return contentType == null || JSON.matcher(normalised(contentType)).matches();
  }

  /**
   * Reads a request.
   *
   * @param contentType what the body is written in: JSON or {@code multipart/form-data}; null is
   *     JSON
   * @throws GroundingException if it is neither, or cannot be read as what it says it is
   */
  public static IncomingRequest read(byte[] body, String contentType) {
    if (isJson(contentType)) {
      return json(body);
    }
    if (normalised(contentType).startsWith("multipart/form-data")) {
      return form(MultipartForm.read(body, contentType));
    }
    throw new GroundingException(
        Reason.MALFORMED_REQUEST,
        "Content-Type",
        "The request is neither application/json nor multipart/form-data",
        "send one of these");
  }

  private static String normalised(String contentType) {
    return contentType.strip().toLowerCase(Locale.ROOT);
  }

  private static IncomingRequest form(MultipartForm form) {
    for (String name : form.names()) {
      if (!FIELDS.contains(name)) {
        throw new GroundingException(
            Reason.OPTION_UNKNOWN,
            shortened(name),
            "There is no field \"%s\"".formatted(shortened(name)),
            "the fields are " + String.join(", ", FIELDS));
      }
      if (!REPEATED.contains(name) && form.allBytes(name).size() > 1) {
        throw repeated(name);
      }
    }
    RequestDraft draft =
        new RequestDraft(
            form.bytes("image").orElse(null),
            "phrase",
            form.texts("phrase"),
            form.text("caption").orElse(null),
            form.text("query").orElse(null),
            form.text("threshold").orElse(null),
            number(form, "top", "a whole number", BigDecimal::intValueExact),
            number(form, "nms", "a number", BigDecimal::doubleValue),
            form.text("model").orElse(null));
    Long imageId = number(form, "image_id", "a whole number", BigDecimal::longValueExact);
    return new IncomingRequest(draft, Optional.ofNullable(imageId), form.fileName("image"));
  }

  private static <N> N number(
      MultipartForm form, String field, String kind, Function<BigDecimal, N> of) {
    String text = form.text(field).map(String::strip).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return of.apply(Threshold.decimal(text));
    } catch (ArithmeticException | NumberFormatException notOfTheKind) {
      throw new GroundingException(
          Reason.OPTION_INVALID,
          field,
          "The option \"%s\" cannot be read".formatted(field),
          "it is " + kind);
    }
  }

  /**
   * Reads a request from JSON.
   *
   * @throws GroundingException if it is not a JSON object, or a member is unknown, comes twice or
   *     is of another kind
   */
  public static IncomingRequest json(byte[] body) {
    try (JsonParser json = FACTORY.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(null);
      }
      IncomingRequest request = new Members().read(json);
      if (json.nextToken() != null) {
        throw malformed(null);
      }
      return request;
    } catch (IOException broken) {
      throw malformed(broken);
    }
  }

  /** The members of a JSON request as they come. */
  private static final class Members {
    private byte[] image;
    private List<String> phrases = List.of();
    private String caption;
    private String query;
    private String threshold;
    private Integer top;
    private Double nms;
    private String model;
    private Long imageId;
    private String file;

    IncomingRequest read(JsonParser json) throws IOException {
      Set<String> seen = new HashSet<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (!seen.add(name)) {
          throw repeated(shortened(name));
        }
        if (json.nextToken() != JsonToken.VALUE_NULL) {
          read(name, json);
        }
      }
      return new IncomingRequest(
          new RequestDraft(image, "phrases", phrases, caption, query, threshold, top, nms, model),
          Optional.ofNullable(imageId),
          Optional.ofNullable(file));
    }

    private void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "image" -> image = bytes(json);
        case "phrases" -> phrases = texts(name, json);
        case "caption" -> caption = text(name, json);
        case "query" -> query = text(name, json);
        case "model" -> model = text(name, json);
        case "file_name" -> file = text(name, json);
        case "threshold" ->
            threshold =
                json.currentToken().isNumeric()
                    ? json.getText()
                    : text(name, "\"best\", \"default\" or a number from 0 to 1", json);
        case "top" -> top = number(name, "a whole number", BigDecimal::intValueExact, json);
        case "image_id" ->
            imageId = number(name, "a whole number", BigDecimal::longValueExact, json);
        case "nms" -> nms = number(name, "a number", BigDecimal::doubleValue, json);
        default ->
            throw new GroundingException(
                Reason.OPTION_UNKNOWN,
                shortened(name),
                "There is no member \"%s\"".formatted(shortened(name)),
                "the members are " + MEMBERS);
      }
    }

    private static byte[] bytes(JsonParser json) throws IOException {
      String kind = "the photo's bytes in base64; addresses and paths are not followed";
      expect(JsonToken.VALUE_STRING, "image", kind, json);
      try {
        return json.getBinaryValue();
      } catch (JsonProcessingException notBase64) {
        throw wrongKind("image", kind, notBase64);
      }
    }

    private static List<String> texts(String name, JsonParser json) throws IOException {
      String kind = "a list of strings";
      expect(JsonToken.START_ARRAY, name, kind, json);
      List<String> texts = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        texts.add(text(name, kind, json));
      }
      return texts;
    }

    private static String text(String name, JsonParser json) throws IOException {
      return text(name, "a string", json);
    }

    private static String text(String name, String kind, JsonParser json) throws IOException {
      expect(JsonToken.VALUE_STRING, name, kind, json);
      return json.getText();
    }

    private static <N> N number(
        String name, String kind, Function<BigDecimal, N> of, JsonParser json) throws IOException {
      if (!json.currentToken().isNumeric()) {
        throw wrongKind(name, kind, null);
      }
      try {
        return of.apply(new BigDecimal(json.getText()));
      } catch (ArithmeticException notOfTheKind) {
        throw wrongKind(name, kind, notOfTheKind);
      }
    }

    private static void expect(JsonToken token, String name, String kind, JsonParser json) {
      if (json.currentToken() != token) {
        throw wrongKind(name, kind, null);
      }
    }

    private static GroundingException wrongKind(String name, String kind, Exception cause) {
      return new GroundingException(
          Reason.MALFORMED_REQUEST,
          name,
          "The member \"%s\" cannot be read".formatted(name),
          "it is " + kind,
          cause);
    }
  }

  private static GroundingException repeated(String name) {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        name,
        "\"%s\" came more than once".formatted(name),
        "send it once");
  }

  /** Returns whether a name is that of a field of the form or a member of the JSON. */
  static boolean isOption(String name) {
    return FIELDS.contains(name) || Arrays.asList(MEMBERS.split(", ")).contains(name);
  }

  /** Returns the name of a field that may be of any length, to be repeated in a message. */
  static String shortened(String name) {
    return name.length() <= NAME_CHARACTERS ? name : name.substring(0, NAME_CHARACTERS) + "…";
  }

  private static GroundingException malformed(Exception cause) {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        "The body is not a JSON object",
        "its members are " + MEMBERS,
        cause);
  }
}
