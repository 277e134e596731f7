package dev.larder.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** The body of an answer that comes in pieces, as {@link Exchange.Pieces}. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the connection, which tells
final class Stream implements Exchange.Pieces {
  /** So many bytes may be on their way to the event loop. */
  private static final int QUEUED = 64 << 10;

  private final Conversation conversation;
  private final ChannelHandlerContext ctx;
  private final AtomicInteger queued = new AtomicInteger();

  /** Those that wait for room. On the event loop only. */
  private final Queue<Runnable> ready = new ArrayDeque<>();

  Stream(Conversation conversation, ChannelHandlerContext ctx) {
    this.conversation = conversation;
    this.ctx = ctx;
  }

  /** By a task even on the event loop: pieces stay in order whichever threads send them. */
  @Override
  public boolean send(byte[] piece, Runnable whenReady) {
    if (!room()) {
      ctx.executor().execute(() -> await(whenReady));
      return false;
    }
    queued.addAndGet(piece.length);
    ctx.executor().execute(() -> write(piece));
    return true;
  }

  private boolean room() {
    return ctx.channel().isWritable() && queued.get() < QUEUED;
  }

  private void write(byte[] piece) {
    queued.addAndGet(-piece.length);
    if (conversation.streams(this)) {
      ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)), ctx.voidPromise());
    }
    if (room()) {
      wake();
    }
  }

  /** The room may have come back since: only the event loop can tell without missing it. */
  private void await(Runnable whenReady) {
    ready.add(whenReady);
    if (room()) {
      wake();
    }
  }

  /** There is room, or nobody left to need it. On the event loop. */
  void wake() {
    for (int waiting = ready.size(); waiting > 0; waiting--) {
      ready.remove().run();
    }
  }

  @Override
  public void onClose(Runnable gone) {
    ctx.channel().closeFuture().addListener(closed -> gone.run());
  }

  @Override
  public void end() {
    ctx.executor().execute(() -> conversation.ended(this));
  }
}
