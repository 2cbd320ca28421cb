package io.deixis.service.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * Has some wishes to go on in HTTP/2 ({@code Upgrade: h2c}) ignored, as RFC 9110, section 7.8
 * allows. Vert.x grants each as soon as the head is there. A client that is still sending the body
 * then changes the protocol in the middle of it ({@code curl} does), and the rest is lost. So the
 * upgrade is for requests without a body; clients that speak HTTP/2 from the start are not
 * affected. A wish that is not well formed is ignored too: Vert.x would refuse it with an empty
 * answer and lose the memory of its body.
 */
final class UpgradeGuard extends ChannelInboundHandlerAdapter {

  /** Judges the first request; the others cannot change the protocol any more. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      if (!mayUpgrade(request)) {
        request.headers().remove(HttpHeaderNames.UPGRADE);
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  private static boolean mayUpgrade(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> settings = headers.getAll(Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER);
    return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0")
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderNames.UPGRADE, true)
        && headers.containsValue(
            HttpHeaderNames.CONNECTION, Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER, true)
        && settings.size() == 1
        && areSettings(settings.get(0));
  }

  /** Returns whether a text is the payload of a SETTINGS frame in base64 (RFC 7540, 3.2.1). */
  private static boolean areSettings(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      Http2Settings settings = new Http2Settings();
      while (bytes.hasRemaining()) {
        settings.put(bytes.getChar(), (Long) Integer.toUnsignedLong(bytes.getInt()));
      }
      return true;
    } catch (IllegalArgumentException | BufferUnderflowException broken) {
      return false;
    }
  }
}
