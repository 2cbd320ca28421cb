package io.deixis.service.function;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/**
 * A CloudEvent as it came over HTTP, by the HTTP protocol binding of CloudEvents 1.0.
 *
 * @param event the event
 * @param structured whether it came whole in the body, so that the answer goes the same way;
 *     otherwise its attributes came as headers
 */
record EventMessage(CloudEvent event, boolean structured) {

  /** The media type of an event that comes whole in the body. */
  static final String STRUCTURED = "application/cloudevents+json";

  private static final String BATCH = "application/cloudevents-batch";

  static {
    // Registered explicitly, since a native executable finds no services by itself.
    EventFormatProvider.getInstance().registerFormat(new JsonFormat());
  }

  /** Returns whether a request with these headers carries an event. */
  static boolean isIn(HttpHeaders headers) {
    return contentType(headers).startsWith("application/cloudevents")
        || headers.getHeaderString("ce-specversion") != null;
  }

  /**
   * Reads an event.
   *
   * @throws GroundingException with reason {@code MALFORMED_REQUEST}
   */
  static EventMessage read(HttpHeaders headers, byte[] body) {
    if (contentType(headers).startsWith(BATCH)) {
      throw malformed("The request holds a batch of events; send one event in each request.", null);
    }
    try {
      MessageReader reader =
          HttpMessageFactory.createReader(
              header ->
                  headers
                      .getRequestHeaders()
                      .forEach((name, values) -> header.accept(name, values.get(0))),
              body);
      CloudEvent event = reader.toEvent();
      if (event.getData() == null) {
        throw malformed("The event has no data; send the grounding request as its data.", null);
      }
      return new EventMessage(event, contentType(headers).startsWith(STRUCTURED));
    } catch (CloudEventRWException
        | EventDeserializationException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException broken) { // the last is the SDK's word for the JSON document null
      throw malformed(
          "The request is no CloudEvent 1.0: it lacks id, source, specversion or type, or one of"
              + " its attributes cannot be read.",
          broken);
    }
  }

  /** Returns {@code answer} as a response in the way this event came. */
  Response reply(CloudEvent answer) {
    Response.ResponseBuilder response = Response.ok();
    var writer =
        HttpMessageFactory.createWriter(
            (name, value) -> response.header(name, value), response::entity);
    if (structured) {
      writer.writeStructured(answer, STRUCTURED);
    } else {
      writer.writeBinary(answer);
    }
    return response.build();
  }

  private static String contentType(HttpHeaders headers) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
  }

  private static GroundingException malformed(String message, Exception cause) {
    return new GroundingException(Reason.MALFORMED_REQUEST, null, message, null, cause);
  }
}
