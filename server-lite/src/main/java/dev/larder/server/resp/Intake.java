package dev.larder.server.resp;

import dev.larder.server.core.Budget;
import dev.larder.server.core.Limits;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of one connection come from: the bytes that came and were not understood yet,
 * and requests that were, but wait. For the event loop; the waiting ones are lent to the thread
 * that works for the connection.
 */
final class Intake {
  /** At most so many requests wait to be run by a working thread. */
  private static final int BATCH = 1_024;

  private static final byte[] NOTHING = {};

  private final RespDecoder decoder;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>(0);
  private @Nullable ProtocolException broken;
  private byte[] in = NOTHING;
  private int from;
  private int to;

  Intake(Commands commands, Limits limits, Budget budget) {
    decoder = new RespDecoder(commands, limits, budget);
  }

  /** Whether the client still has to give a password. */
  void stranger(boolean yes) {
    decoder.stranger(yes);
  }

  /**
   * Puts what came behind what is there.
   *
   * @param room where it may be put when nothing is there; {@link #keep} must follow before anybody
   *     else uses it. Null to keep it at once.
   */
  void take(ByteBuf bytes, byte @Nullable [] room) {
    var left = to - from;
    if (left == 0) {
      fill(bytes);
    }
    var come = bytes.readableBytes();
    if (left == 0 && room != null && come <= room.length) {
      in = room;
    } else if (come > 0) {
      var grown = new byte[left + come];
      System.arraycopy(in, from, grown, 0, left);
      in = grown;
    }
    bytes.readBytes(in, left, come);
    from = 0;
    to = left + come;
  }

  private void fill(ByteBuf bytes) {
    try {
      decoder.fill(bytes);
    } catch (ProtocolException e) {
      // Said in its turn; nothing that comes after is looked at.
      broken = e;
    }
  }

  /** Begins taking requests out. */
  void begin() {
    decoder.input(in, from, to);
  }

  /** The next request, null when it is not there yet. */
  @Nullable Request next() throws ProtocolException {
    var first = waiting.poll();
    if (first != null) {
      return first;
    }
    if (broken != null) {
      throw broken;
    }
    return decoder.next();
  }

  /** Ends taking requests out, and puts what is left where it can stay. */
  void keep() {
    from = decoder.from();
    in = from == to ? NOTHING : Arrays.copyOfRange(in, from, to);
    to -= from;
    from = 0;
  }

  /** Has this request, and what else is there, wait for another thread. */
  void await(Request first) {
    waiting.addFirst(first);
    try {
      while (waiting.size() < BATCH && broken == null) {
        var more = decoder.next();
        if (more == null) {
          return;
        }
        waiting.add(more);
      }
    } catch (ProtocolException e) {
      // Said when those before it were answered.
      broken = e;
    }
  }

  /** The next of those that wait, on the thread that works for the connection. */
  @Nullable Request awaited() {
    return waiting.poll();
  }

  /** Whether requests wait. */
  boolean waiting() {
    return !waiting.isEmpty();
  }

  /** Forgets the bytes. */
  void drop() {
    decoder.letGo();
    in = NOTHING;
    from = 0;
    to = 0;
  }
}
