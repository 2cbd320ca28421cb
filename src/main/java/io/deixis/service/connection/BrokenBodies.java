package io.deixis.service.connection;

import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Answers a request whose body cannot be taken apart, such as one with a broken chunk size: Vert.x
 * closes its connection without a word. If the answer has begun already, nothing can be said, and
 * the connection is closed all the same.
 */
final class BrokenBodies extends ChannelDuplexHandler {

  /** How long what still comes is dropped; closed at once, the answer would be lost under it. */
  private static final long LINGER_MILLIS = 1_000;

  /** Requests that came and whose answers are not sent whole. */
  private int open;

  /** A broken body whose request waits for the answers of those before it. */
  private HttpContent waiting;

  private boolean begun;
  private boolean refused;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      open++;
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      if (open > 1) {
        waiting = content;
      } else {
        fail(context, content);
      }
      return;
    }
    context.fireChannelRead(message);
  }

  private void fail(ChannelHandlerContext context, HttpContent broken) {
    if (open == 1 && !begun) {
      refuse(context);
    } else {
      context.flush(); // what was answered before the body was read
    }
    context.fireChannelRead(broken); // Vert.x tells all who wait for the body
  }

  private void refuse(ChannelHandlerContext context) {
    Problem problem =
        Problem.of(
            ProblemType.MALFORMED_REQUEST,
            null,
            "The body's chunks cannot be read; send the size of each in hexadecimal before it, or a"
                + " Content-Length in place of Transfer-Encoding.");
    context.writeAndFlush(
        RefusalDocuments.answer(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, problem));
    refused = true;
    context.channel().config().setAutoRead(true);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    if (refused) {
      ReferenceCountUtil.release(message);
      written.setSuccess();
      return;
    }
    if (message instanceof HttpResponse response) {
      begun |= response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }
    if (message instanceof LastHttpContent && begun) {
      begun = false;
      open--;
      if (waiting != null && open == 1) {
        HttpContent broken = waiting;
        waiting = null;
        // Later: Vert.x first goes on to the request whose body this is.
        context.executor().execute(() -> fail(context, broken));
      }
    }
    context.write(message, written);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise closed) {
    if (refused) {
      context
          .executor()
          .schedule(() -> context.close(closed), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      context.close(closed);
    }
  }
}
