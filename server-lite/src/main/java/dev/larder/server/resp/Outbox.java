package dev.larder.server.resp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;

/**
 * What waits to be written to one connection: as much goes to the channel as it takes, the rest
 * when the client has read some. For the event loop of the connection only.
 */
final class Outbox {
  /** A long value goes in slices, of which the channel makes copies. */
  private static final int SLICE = 64 << 10;

  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(2);
  private long written;

  /** Takes a buffer over. */
  void add(ByteBuf buffer) {
    waiting.add(buffer);
  }

  /** Takes over what waits in another. */
  void addAll(Outbox other) {
    waiting.addAll(other.waiting);
    other.waiting.clear();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Writes what the channel takes; true when nothing is left. Whoever calls flushes. */
  boolean drain(ChannelHandlerContext context) {
    while (!waiting.isEmpty() && context.channel().isWritable()) {
      var first = waiting.getFirst();
      var size = first.readableBytes();
      if (size > SLICE && !first.isDirect()) {
        var unused = context.write(first.readRetainedSlice(SLICE), context.voidPromise());
        written += SLICE;
      } else {
        waiting.removeFirst();
        var unused = context.write(first, context.voidPromise());
        written += size;
      }
    }
    return waiting.isEmpty();
  }

  /** The bytes written since this was asked last. */
  long written() {
    var sum = written;
    written = 0;
    return sum;
  }

  /** Forgets what waits: nobody will read it. */
  void drop() {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
  }
}
