package io.deixis.service.worker;

import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Threshold;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A grounding request as {@code multipart/form-data} (RFC 7578). The image is not copied: the
 * body's pieces are views of its bytes.
 */
final class Upload {

  /** Few enough that a connection's buffers stay small, enough that each write is worth it. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final String boundary = "deixis-" + UUID.randomUUID();
  private final byte[] head;
  private final byte[] image;
  private final byte[] tail;

  Upload(GroundingRequest request) {
    StringBuilder fields = new StringBuilder();
    write(request.query(), fields);
    write(request.options(), fields);
    request.model().ifPresent(model -> field("model", model, fields));
    fields
        .append("--%s\r\n".formatted(boundary))
        .append("Content-Disposition: form-data; name=\"image\"; filename=\"image\"\r\n")
        .append("Content-Type: application/octet-stream\r\n\r\n");
    head = fields.toString().getBytes(StandardCharsets.UTF_8);
    image = request.image();
    tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the media type with the boundary. */
  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** Returns the number of bytes. */
  int length() {
    return head.length + image.length + tail.length;
  }

  /** Returns how many pieces there are. */
  int pieces() {
    return 2 + (image.length + PIECE_BYTES - 1) / PIECE_BYTES;
  }

  /** Returns the piece {@code index}, counted from 0, without copying it. */
  Buffer piece(int index) {
    if (index == 0) {
      return view(head, 0, head.length);
    }
    if (index == pieces() - 1) {
      return view(tail, 0, tail.length);
    }
    int start = (index - 1) * PIECE_BYTES;
    return view(image, start, Math.min(PIECE_BYTES, image.length - start));
  }

  private static Buffer view(byte[] bytes, int start, int length) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes, start, length));
  }

  private void write(Query query, StringBuilder fields) {
    if (query instanceof Query.Phrases phrases) {
      phrases.texts().forEach(phrase -> field("phrase", phrase, fields));
    } else if (query instanceof Query.Caption caption) {
      field("caption", caption.text(), fields);
    } else if (query instanceof Query.FreeText typed) {
      field("query", typed.text(), fields);
    } else {
      field("caption", ((Query.AnnotatedCaption) query).markup(), fields);
    }
  }

  private void write(GroundingOptions options, StringBuilder fields) {
    field("threshold", text(options.threshold()), fields);
    field("top", Integer.toString(options.top()), fields);
    options.nms().ifPresent(nms -> field("nms", Double.toString(nms), fields));
  }

  private void field(String name, String value, StringBuilder fields) {
    fields.append(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(boundary, name, value));
  }

  private static String text(Threshold threshold) {
    return threshold instanceof Threshold.Named named
        ? named.name()
        : Double.toString(((Threshold.Fixed) threshold).value());
  }
}
