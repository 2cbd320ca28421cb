package io.deixis.service.integrations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.deixis.files.JsonMappers;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the documents of other protocols. Unknown members are ignored. A member that comes twice, a
 * number in place of a text or the reverse, and anything after the document are refused.
 */
final class StrictJson {

  private static final ObjectMapper MAPPER = JsonMappers.DOCUMENTS.copy();

  static {
    refuse(
        LogicalType.Textual,
        CoercionInputShape.Integer,
        CoercionInputShape.Float,
        CoercionInputShape.Boolean);
    refuse(
        LogicalType.Integer,
        CoercionInputShape.Float,
        CoercionInputShape.String,
        CoercionInputShape.EmptyString);
    refuse(LogicalType.Float, CoercionInputShape.String, CoercionInputShape.EmptyString);
  }

  private static void refuse(LogicalType wanted, CoercionInputShape... given) {
    for (CoercionInputShape shape : given) {
      MAPPER.coercionConfigFor(wanted).setCoercion(shape, CoercionAction.Fail);
    }
  }

  private StrictJson() {}

  /** Reads a document; empty if it is none of this type. */
  static <T> Optional<T> read(byte[] document, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(document, type));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
