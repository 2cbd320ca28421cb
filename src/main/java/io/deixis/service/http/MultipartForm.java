package io.deixis.service.http;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} body (RFC 7578). It is read in memory: what people send never
 * touches the disk, which the framework's own form parser would write every file to.
 */
public final class MultipartForm {

  /**
   * More than any limit on phrases; how many phrases are too many is judged later, with a sentence.
   */
  private static final int MAX_FIELDS = 10_000;

  private static final List<String> TRANSFER_ENCODING =
      List.of("Content-Transfer-Encoding", "content-transfer-encoding");

  private static final Pattern AS_IT_IS =
      Pattern.compile("\\s*(7bit|8bit|binary)\\s", Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_ENCODING = 32;

  private static final byte[] DASH = {'-'};

  /** Netty's own default. */
  private static final int MAX_BUFFERED_BYTES = 1024;

  private final Map<String, List<Part>> parts;

  /** A field's bytes, with the character set and the file name that its head tells. */
  private record Part(byte[] bytes, Charset charset, String fileName) {

    static Part of(HttpData data) throws IOException {
      String fileName = data instanceof FileUpload file ? file.getFilename() : null;
      return new Part(data.get(), data.getCharset(), fileName);
    }

    String text(String name) {
      try {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException broken) {
        throw new GroundingException(
            Reason.MALFORMED_REQUEST,
            name,
            "The field \"%s\" is no text in %s".formatted(name, charset.name()),
            "send it as UTF-8",
            broken);
      }
    }
  }

  private MultipartForm(Map<String, List<Part>> parts) {
    this.parts = parts;
  }

  /**
   * Reads a body.
   *
   * @param contentType the request's header, which names the boundary; null if there is none
   * @throws GroundingException with reason {@code MALFORMED_REQUEST}
   */
  public static MultipartForm read(byte[] body, String contentType) {
    if (contentType == null) {
      throw malformed(null);
    }
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    boolean onDisk = false;
    HttpPostMultipartRequestDecoder decoder = null;
    try {
      if (!HttpPostRequestDecoder.isMultipart(request)) {
        throw malformed(null);
      }
      refuseTransferEncodings(body);
      decoder =
          new HttpPostMultipartRequestDecoder(
              new DefaultHttpDataFactory(onDisk),
              request,
              StandardCharsets.UTF_8,
              MAX_FIELDS,
              MAX_BUFFERED_BYTES);
      return new MultipartForm(parts(decoder));
    } catch (ErrorDataDecoderException broken) {
      throw broken.getCause() instanceof IllegalCharsetNameException
              || broken.getCause() instanceof UnsupportedCharsetException
          ? notInUtf8("A part of the form", broken)
          : malformed(broken);
    } catch (DecoderException
        | IOException
        | IllegalArgumentException
        | IndexOutOfBoundsException broken) {
      // The last one comes of an empty boundary.
      throw malformed(broken);
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
    }
  }

  /** Takes the parts until the decoder tells that it has met the closing boundary. */
  private static Map<String, List<Part>> parts(HttpPostMultipartRequestDecoder decoder)
      throws IOException {
    decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    try {
      while (decoder.hasNext()) {
        InterfaceHttpData part = decoder.next();
        if (part instanceof HttpData data) {
          parts.computeIfAbsent(data.getName(), name -> new ArrayList<>()).add(Part.of(data));
        }
      }
    } catch (EndOfDataDecoderException closed) {
      return parts;
    }
    // Netty looks for the boundary in the part's own encoding.
    if (decoder.currentPartialHttpData() instanceof HttpData cut
        && !Arrays.equals("-".getBytes(cut.getCharset()), DASH)) {
      throw notInUtf8("The field \"%s\"".formatted(cut.getName()), null);
    }
    throw new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        "The form ends before its closing boundary",
        "send the whole form");
  }

  /** Parts are bytes as they are (RFC 7578, 4.7); base64 would be taken for the text itself. */
  private static void refuseTransferEncodings(byte[] body) {
    ByteBuf bytes = Unpooled.wrappedBuffer(body);
    for (String name : TRANSFER_ENCODING) {
      ByteBuf head = Unpooled.copiedBuffer("\n" + name + ":", StandardCharsets.US_ASCII);
      int at = ByteBufUtil.indexOf(head, bytes);
      if (at >= 0) {
        int from = at + head.readableBytes();
        int length = Math.min(LONGEST_ENCODING, body.length - from);
        String encoding = new String(body, from, length, StandardCharsets.ISO_8859_1);
        if (!AS_IT_IS.matcher(encoding).lookingAt()) {
          throw new GroundingException(
              Reason.MALFORMED_REQUEST,
              null,
              "A part of the form has a Content-Transfer-Encoding",
              "send its bytes as they are");
        }
      }
    }
  }

  private static GroundingException notInUtf8(String what, Exception cause) {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        what + " is in a character set that is not read here",
        "send it as UTF-8",
        cause);
  }

  private static GroundingException malformed(Exception cause) {
    return new GroundingException(
        Reason.MALFORMED_REQUEST,
        null,
        "The body is not a multipart form",
        "send it as multipart/form-data with its boundary",
        cause);
  }

  /** Returns the names of the parts that came, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(parts.keySet());
  }

  /** Returns the bytes of the part {@code name}; empty if it did not come. */
  public Optional<byte[]> bytes(String name) {
    return first(name).map(Part::bytes);
  }

  /** Returns the bytes of every part {@code name}, in order. */
  public List<byte[]> allBytes(String name) {
    return all(name).stream().map(Part::bytes).toList();
  }

  /** Returns every part {@code name} as text, in order. */
  public List<String> texts(String name) {
    return all(name).stream().map(part -> part.text(name)).toList();
  }

  /** Returns the first part {@code name} as text; empty if it did not come. */
  public Optional<String> text(String name) {
    return first(name).map(part -> part.text(name));
  }

  /** Returns the file name of the first part {@code name}; empty if it has none. */
  public Optional<String> fileName(String name) {
    return first(name).map(Part::fileName).filter(file -> !file.isBlank());
  }

  private Optional<Part> first(String name) {
    return all(name).stream().findFirst();
  }

  private List<Part> all(String name) {
    return parts.getOrDefault(name, List.of());
  }
}
