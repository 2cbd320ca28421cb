package io.deixis.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A photo and phrases as the form that {@code POST /v1/ground} takes. */
final class GroundForm {

  private static final String BOUNDARY = "deixis-benchmark-boundary";

  /** The form's media type. */
  static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private GroundForm() {}

  static byte[] of(byte[] image, List<String> phrases) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (String phrase : phrases) {
      form.writeBytes(
          text(
              "--%s\r\nContent-Disposition: form-data; name=\"phrase\"\r\n\r\n%s\r\n"
                  .formatted(BOUNDARY, phrase)));
    }
    form.writeBytes(
        text(
            ("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"photo.jpg\"\r\n"
                    + "Content-Type: image/jpeg\r\n\r\n")
                .formatted(BOUNDARY)));
    form.writeBytes(image);
    form.writeBytes(text("\r\n--%s--\r\n".formatted(BOUNDARY)));
    return form.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
