package dev.larder.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.RejectedExecutionException;

/** Where a {@link Conversation} writes its answers, and how it ends. On the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the connection, which tells
final class Outbox {
  /** A longer body goes out in pieces of this, so that it shows whether the client reads. */
  private static final int PIECE = 256 << 10;

  private final ChannelHandlerContext ctx;
  private final boolean multiplexed;

  /**
   * Of a connection.
   *
   * @param multiplexed whether it is a stream of HTTP/2, which ends with its answer
   */
  Outbox(ChannelHandlerContext ctx, boolean multiplexed) {
    this.ctx = ctx;
    this.multiplexed = multiplexed;
  }

  /** Whether the client reads fast enough for more. */
  boolean writable() {
    return ctx.channel().isWritable();
  }

  void flush() {
    ctx.flush();
  }

  /** Writes an answer after which the connection stays; flushes only when much waits. */
  void write(HttpRequest head, FullHttpResponse response) {
    if (HttpVersion.HTTP_1_0.equals(head.protocolVersion())) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    write(response, ctx.voidPromise());
    if (!writable()) {
      ctx.flush();
    }
  }

  /** Writes the last answer; then the connection closes. */
  void writeLast(FullHttpResponse response) {
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    write(response, ctx.newPromise().addListener(ChannelFutureListener.CLOSE));
    ctx.flush();
  }

  /**
   * Writes the last answer while the client may still be sending; then the connection ends so that
   * the client can still read it.
   *
   * @param conversation the handler, which has nothing more to do
   */
  void refuse(FullHttpResponse response, Conversation conversation) {
    if (multiplexed) {
      writeLast(response);
      return;
    }
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    write(response, ctx.voidPromise());
    ctx.flush();
    ctx.pipeline().replace(conversation, null, new Linger());
  }

  /** Says that a body may come (RFC 9110, section 10.1.1). */
  void goAhead() {
    ctx.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
  }

  /** Begins an answer in pieces. */
  void begin(HttpResponse response) {
    ctx.writeAndFlush(response);
  }

  /** Ends an answer in pieces. */
  void end(boolean last) {
    var end = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    if (last) {
      end.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes when all is written; a stream of HTTP/2 has closed by itself then. */
  void close() {
    if (!multiplexed) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes at once. */
  void cut() {
    ctx.close();
  }

  /** Runs something on the event loop, unless that has ended, and with it the connection. */
  boolean run(Runnable task) {
    if (ctx.executor().inEventLoop()) {
      task.run();
      return true;
    }
    try {
      ctx.executor().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void write(FullHttpResponse response, ChannelPromise promise) {
    if (response.content().readableBytes() <= PIECE) {
      ctx.write(response, promise);
    } else {
      writePieces(response, promise);
    }
  }

  private void writePieces(FullHttpResponse response, ChannelPromise promise) {
    ctx.write(
        new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers()),
        ctx.voidPromise());
    var body = response.content();
    while (body.readableBytes() > PIECE) {
      ctx.write(new DefaultHttpContent(body.readRetainedSlice(PIECE)), ctx.voidPromise());
    }
    ctx.write(new DefaultLastHttpContent(body), promise);
  }
}
