package dev.larder.server.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects the body of a request. Grows with what arrives, not with what was announced: an
 * announcement costs a client nothing.
 */
final class Body {
  private static final byte[] NOTHING = {};
  private static final int FIRST = 64 << 10;

  private byte[] bytes = NOTHING;
  private int length;
  private final int limit;

  Body(int limit) {
    this.limit = limit;
  }

  /** How much has arrived. */
  int length() {
    return length;
  }

  /** Adds a piece; false when the body is longer than it may be. */
  boolean add(ByteBuf piece, boolean last) {
    var more = piece.readableBytes();
    if (more > limit - length) {
      return false;
    }
    if (more > bytes.length - length) {
      var wanted = last ? length + more : Math.max(FIRST, 2L * (length + more));
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, limit));
    }
    piece.readBytes(bytes, length, more);
    length += more;
    return true;
  }

  /** The whole, in an array of its length; then it is empty again. */
  byte[] take() {
    var whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    bytes = NOTHING;
    length = 0;
    return whole;
  }
}
