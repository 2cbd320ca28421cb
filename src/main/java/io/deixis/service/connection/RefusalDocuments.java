package io.deixis.service.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Adds problem documents to Vert.x's own refusals. A head that is no HTTP, or is longer than any
 * limit, reaches none of the service's filters: Vert.x answers it with a status code alone.
 */
final class RefusalDocuments extends ChannelOutboundHandlerAdapter {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    Problem problem = message instanceof FullHttpResponse response ? problem(response) : null;
    if (problem == null) {
      context.write(message, written);
      return;
    }
    FullHttpResponse refusal = (FullHttpResponse) message;
    FullHttpResponse answer = answer(refusal.protocolVersion(), refusal.status(), problem);
    refusal.release();
    context.write(answer, written);
  }

  /** Returns a problem as the last answer of a connection. */
  static FullHttpResponse answer(HttpVersion version, HttpResponseStatus status, Problem problem) {
    byte[] body = json(problem);
    FullHttpResponse answer =
        new DefaultFullHttpResponse(version, status, Unpooled.wrappedBuffer(body));
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return answer;
  }

  /** Returns what a refusal means; null if it is none, or has a body of its own. */
  private static Problem problem(FullHttpResponse response) {
    if (response.content().isReadable()
        || !"0".equals(response.headers().get(HttpHeaderNames.CONTENT_LENGTH))) {
      return null;
    }
    return switch (response.status().code()) {
      case 400 ->
          Problem.of(
              ProblemType.MALFORMED_REQUEST,
              null,
              "This is no HTTP request; check its first line and its headers.");
      case 414 ->
          Problem.of(
              ProblemType.ADDRESS_TOO_LONG,
              null,
              "The address is far too long; send what it holds in a form or as JSON.");
      case 431 ->
          Problem.of(
              ProblemType.HEADERS_TOO_LARGE,
              null,
              "The headers are far too large; leave out cookies and what nobody reads.");
      default -> null;
    };
  }

  private static byte[] json(Problem problem) {
    try {
      return MAPPER.writeValueAsBytes(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
