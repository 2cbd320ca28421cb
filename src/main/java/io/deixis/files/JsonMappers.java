package io.deixis.files;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How JSON is read that somebody else wrote. */
public final class JsonMappers {

  /** Reads values within a document. Refuses a name that an object has twice. */
  public static final ObjectMapper VALUES =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads whole documents: also refuses what follows one. */
  public static final ObjectMapper DOCUMENTS =
      VALUES.copy().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonMappers() {}

  /**
   * Returns what reads and writes records. Each component of a record must be there and not null;
   * other fields are ignored.
   */
  public static JsonMapper.Builder records() {
    return JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
  }
}
