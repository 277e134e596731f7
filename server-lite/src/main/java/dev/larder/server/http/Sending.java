package dev.larder.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/** Writes answers to a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the connection, which tells
final class Sending {
  /** A longer body goes out in pieces of this, so that it shows whether the client reads. */
  private static final int PIECE = 256 << 10;

  private Sending() {}

  /** Says in the headers whether the connection stays. */
  static void mark(HttpRequest head, HttpResponse response, boolean stays) {
    if (!stays) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (HttpVersion.HTTP_1_0.equals(head.protocolVersion())) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  /** Writes a whole answer, without flushing. */
  static void write(ChannelHandlerContext ctx, FullHttpResponse response) {
    if (response.content().readableBytes() <= PIECE) {
      ctx.write(response, ctx.voidPromise());
    } else {
      writePieces(ctx, response);
    }
  }

  private static void writePieces(ChannelHandlerContext ctx, FullHttpResponse response) {
    ctx.write(
        new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers()),
        ctx.voidPromise());
    var body = response.content();
    while (body.readableBytes() > PIECE) {
      ctx.write(new DefaultHttpContent(body.readRetainedSlice(PIECE)), ctx.voidPromise());
    }
    ctx.write(new DefaultLastHttpContent(body), ctx.voidPromise());
  }
}
