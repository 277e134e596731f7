package dev.larder.server.load;

import dev.larder.Clock;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection that asks and asks: it keeps a number of requests under way, and sends a new one
 * for each answer. Whatever the protocol is.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // what fails shows in exceptionCaught or channelInactive
final class Connection extends ChannelInboundHandlerAdapter {
  /** Requests are sent on when so much of them is written, however deep the pipeline may be. */
  private static final int BURST = 1 << 20;

  /** Whom a connection tells how it goes. */
  interface Owner {
    /** It is open and let in; {@link #begin} may be called. */
    void ready();

    /** So many values were answered. */
    void answered(int values);

    /** It asked all, got all answers, and closes. */
    void finished();

    /** It broke, or the server refused it. */
    void failed(Throwable failure);
  }

  private final Dialect dialect;
  private final Source source;
  private final Clock clock;
  private final Tally tally;
  private final Owner owner;

  // A ring: when each request under way was sent, and how many values it is about.
  private final long[] sent;
  private final int[] sizes;
  private int first;
  private int underWay;

  private int answered;
  private boolean greeting;
  private boolean begun;
  private boolean dry;
  private boolean over;
  private @Nullable ChannelHandlerContext context;

  Connection(Dialect dialect, Source source, int depth, Clock clock, Tally tally, Owner owner) {
    this.dialect = dialect;
    this.source = source;
    this.clock = clock;
    this.tally = tally;
    this.owner = owner;
    this.sent = new long[depth];
    this.sizes = new int[depth];
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.pipeline().get(SslHandler.class) == null) {
      greet(ctx);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        greet(ctx);
      } else {
        fail(handshake.cause());
      }
    }
  }

  private void greet(ChannelHandlerContext ctx) {
    var out = ctx.alloc().buffer();
    greeting = dialect.greet(out);
    if (greeting) {
      ctx.writeAndFlush(out, ctx.voidPromise());
    } else {
      out.release();
      owner.ready();
    }
  }

  /** Starts asking. On any thread, once. */
  void begin() {
    var ctx = context;
    if (ctx != null) {
      ctx.executor()
          .execute(
              () -> {
                begun = true;
                ask(ctx);
              });
    }
  }

  private void ask(ChannelHandlerContext ctx) {
    var out = ctx.alloc().buffer();
    var now = clock.ticks();
    while (!dry && underWay < sent.length && out.readableBytes() < BURST) {
      var size = source.next(out);
      dry = size == 0;
      if (!dry) {
        var last = (first + underWay++) % sent.length;
        sent[last] = now;
        sizes[last] = size;
      }
    }
    if (out.isReadable()) {
      ctx.writeAndFlush(out, ctx.voidPromise());
    } else {
      out.release();
    }
    if (dry && underWay == 0 && !over) {
      over = true;
      ctx.close();
      owner.finished();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    var answer = (Answer) message;
    if (greeting) {
      greeting = false;
      if (answer.refused()) {
        throw new IOException("the server does not let us in: " + answer.refusal());
      }
      owner.ready();
    } else if (underWay == 0) {
      throw new IOException("the server sent an answer to nothing: " + answer.refusal());
    } else {
      tally.count(answer, sizes[first], clock.ticks() - sent[first]);
      answered += sizes[first];
      first = (first + 1) % sent.length;
      underWay--;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (answered > 0) {
      owner.answered(answered);
      answered = 0;
    }
    if (begun && !over) {
      ask(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!over) {
      fail(
          new IOException(
              "the server closed a connection with " + underWay + " requests under way"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
    ctx.close();
  }

  private void fail(Throwable failure) {
    if (!over) {
      over = true;
      owner.failed(failure);
    }
  }
}
