package io.deixis.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes documents as JSON text for a page. */
@ApplicationScoped
public class JsonText {

  private final ObjectWriter compact;
  private final ObjectWriter indented;

  JsonText(ObjectMapper mapper) {
    compact = mapper.writer();
    indented = mapper.writerWithDefaultPrettyPrinter();
  }

  /** Writes {@code document} without any white space. */
  public String compact(Object document) {
    return write(compact, document);
  }

  /** Writes {@code document} for people to read. */
  public String indented(Object document) {
    return write(indented, document);
  }

  private static String write(ObjectWriter writer, Object document) {
    try {
      return writer.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
