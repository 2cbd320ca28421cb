package io.deixis.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;

/** Reads a grounding request from JSON. */
@ApplicationScoped
public class JsonRequestReader {

  private static final String FIELDS = "image, phrases, caption, threshold, top, nms";

  private final ObjectReader reader;

  JsonRequestReader(ObjectMapper mapper) {
    reader =
        mapper
            .readerFor(GroundRequestDocument.class)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Reads a JSON body.
   *
   * @throws GroundingException if it is not JSON, a member is unknown or of the wrong kind
   */
  public RequestDraft read(byte[] body) {
    GroundRequestDocument document = parse(body);
    if (document == null) {
      throw malformed(null);
    }
    return new RequestDraft(
        document.image(),
        "phrases",
        document.phrases() == null ? List.of() : document.phrases(),
        document.caption(),
        document.threshold(),
        document.top(),
        document.nms());
  }

  private GroundRequestDocument parse(byte[] body) {
    try {
      return reader.readValue(body);
    } catch (UnrecognizedPropertyException unknown) {
      throw new GroundingException(
          Reason.OPTION_UNKNOWN,
          unknown.getPropertyName(),
          "There is no member \"%s\"".formatted(unknown.getPropertyName()),
          "the members are " + FIELDS,
          unknown);
    } catch (JsonMappingException wrongKind) {
      throw wrongKind(wrongKind);
    } catch (JsonProcessingException syntax) {
      throw malformed(syntax);
    } catch (IOException unreadable) {
      throw malformed(unreadable);
    }
  }

  private static GroundingException wrongKind(JsonMappingException cause) {
    String field = cause.getPath().isEmpty() ? null : cause.getPath().get(0).getFieldName();
    if (field == null) {
      return malformed(cause);
    }
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        field,
        "The member \"" + field + "\" cannot be read",
        "it is " + kind(field),
        cause);
  }

  private static String kind(String field) {
    return switch (field) {
      case "image" -> "the photo's bytes in base64; addresses and paths are not followed.";
      case "phrases" -> "a list of strings.";
      case "top" -> "a whole number.";
      case "nms" -> "a number.";
      case "threshold" -> "\"best\", \"default\" or a number from 0 to 1.";
      default -> "a string.";
    };
  }

  private static GroundingException malformed(Exception cause) {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        "The body is not a JSON object",
        "its members are " + FIELDS,
        cause);
  }
}
