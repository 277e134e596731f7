package dev.larder.server.http;

import io.netty.buffer.ByteBuf;
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
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Conversation} writes its answers, and how it ends. On the event loop.
 *
 * <p>A long body is handed to the channel piece by piece as the client reads: the channel copies
 * what it is handed into memory of the operating system's kind, and clients that do not read would
 * make it hold as many copies as there are clients.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the connection, which tells
final class Outbox {
  /** A longer body goes out in pieces of this. */
  private static final int PIECE = 64 << 10;

  private final ChannelHandlerContext ctx;
  private final boolean multiplexed;

  /** What is left of a long body, and what becomes of its last piece. */
  private @Nullable ByteBuf rest;

  private ChannelPromise end;
  private boolean closing;
  private boolean draining;

  /**
   * Of a connection.
   *
   * @param multiplexed whether it is a stream of HTTP/2, which ends with its answer
   */
  Outbox(ChannelHandlerContext ctx, boolean multiplexed) {
    this.ctx = ctx;
    this.multiplexed = multiplexed;
    this.end = ctx.voidPromise();
  }

  /** Whether the client reads fast enough for more answers. */
  boolean writable() {
    return rest == null && ctx.channel().isWritable();
  }

  /** How much the client has to read before there is room for more; less each time it reads. */
  long unread() {
    return ctx.channel().bytesBeforeWritable() + (rest == null ? 0 : rest.readableBytes());
  }

  /** Goes on with a long body as far as the client reads. */
  void drain() {
    // Writing and flushing tell of writability, which leads here again.
    if (rest == null || draining) {
      return;
    }
    draining = true;
    do {
      write(rest);
      ctx.flush();
    } while (rest != null && ctx.channel().isWritable());
    draining = false;
  }

  private void write(ByteBuf body) {
    while (body.readableBytes() > PIECE && ctx.channel().isWritable()) {
      ctx.write(new DefaultHttpContent(body.readRetainedSlice(PIECE)), ctx.voidPromise());
    }
    if (body.readableBytes() <= PIECE && ctx.channel().isWritable()) {
      rest = null;
      if (closing) {
        end = end.isVoid() ? ctx.newPromise() : end;
        end.addListener(ChannelFutureListener.CLOSE);
      }
      ctx.write(new DefaultLastHttpContent(body), end);
    }
  }

  /** Forgets what is left: nobody will read it. */
  void drop() {
    if (rest != null) {
      rest.release();
      rest = null;
      if (!end.isVoid()) {
        end.tryFailure(new ClosedChannelException());
      }
    }
  }

  void flush() {
    ctx.flush();
  }

  /**
   * Writes an answer after which the connection stays; flushes only when much waits.
   *
   * @param lost run if the answer cannot be written
   */
  void write(HttpRequest head, FullHttpResponse response, @Nullable Runnable lost) {
    if (HttpVersion.HTTP_1_0.equals(head.protocolVersion())) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    write(response, lost == null ? ctx.voidPromise() : promise(lost));
    if (!writable()) {
      ctx.flush();
    }
  }

  private ChannelPromise promise(Runnable lost) {
    return ctx.newPromise()
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                lost.run();
                ctx.close();
              }
            });
  }

  /** Writes the last answer; then the connection closes. */
  void writeLast(FullHttpResponse response, @Nullable Runnable lost) {
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    var promise = lost == null ? ctx.newPromise() : promise(lost);
    write(response, promise.addListener(ChannelFutureListener.CLOSE));
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
      writeLast(response, null);
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
    if (rest != null) {
      closing = true;
    } else if (!multiplexed) {
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
    rest = response.content();
    end = promise;
    drain();
  }
}
