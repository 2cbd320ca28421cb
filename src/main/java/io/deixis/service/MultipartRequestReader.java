package io.deixis.service;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.util.List;
import java.util.function.Function;

/** Reads a grounding request from a form: {@code image}, {@code phrase} or {@code caption}. */
public final class MultipartRequestReader {

  private static final List<String> FIELDS =
      List.of("image", "phrase", "caption", "threshold", "top", "nms");

  private MultipartRequestReader() {}

  /**
   * Reads a form's body.
   *
   * @param contentType the request's header, which names the boundary
   * @throws GroundingException if the body is no form, a field is unknown or a number is none
   */
  public static RequestDraft read(byte[] body, String contentType) {
    MultipartForm form = MultipartForm.read(body, contentType);
    form.names().stream()
        .filter(name -> !FIELDS.contains(name))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new GroundingException(
                  Reason.OPTION_UNKNOWN,
                  unknown,
                  "There is no field \"%s\"".formatted(unknown),
                  "the fields are " + String.join(", ", FIELDS));
            });
    return new RequestDraft(
        form.bytes("image").orElse(null),
        "phrase",
        form.texts("phrase"),
        form.text("caption").orElse(null),
        form.text("threshold").orElse(null),
        number(form, "top", "a whole number", Integer::valueOf),
        number(form, "nms", "a number", Double::valueOf));
  }

  private static <N> N number(
      MultipartForm form, String field, String kind, Function<String, N> parse) {
    String text = form.text(field).map(String::strip).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (NumberFormatException notANumber) {
      throw new GroundingException(
          Reason.OPTION_INVALID,
          field,
          "The option \"%s\" cannot be read".formatted(field),
          "it is " + kind);
    }
  }
}
