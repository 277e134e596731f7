package dev.larder.server.http;

import dev.larder.server.core.Budget;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects the body of a request. Grows with what arrives, not with what was announced: an
 * announcement costs a client nothing.
 */
final class Body {
  private static final byte[] NOTHING = {};

  /** So much each request may take without asking. */
  private static final int FREE = 64 << 10;

  private final int limit;
  private final Budget budget;
  private byte[] bytes = NOTHING;
  private int length;
  private long taken;

  Body(int limit, Budget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** How much has arrived. */
  int length() {
    return length;
  }

  /** Adds a piece; a {@link ProblemException} when that is too much. */
  void add(ByteBuf piece, boolean last) {
    var more = piece.readableBytes();
    if (more > limit - length) {
      throw new ProblemException(413, "body-too-long", "a body may have " + limit + " bytes");
    }
    if (more > bytes.length - length) {
      var wanted = last ? length + more : Math.max(FREE, 2L * (length + more));
      grow((int) Math.min(wanted, limit));
    }
    piece.readBytes(bytes, length, more);
    length += more;
  }

  private void grow(int size) {
    var beyond = size <= FREE ? 0 : size - taken;
    if (beyond > 0 && !budget.take(beyond)) {
      throw new ProblemException(
          503, "memory", "requests that are coming in take all the memory there is for them");
    }
    taken += beyond;
    bytes = Arrays.copyOf(bytes, size);
  }

  /** The whole, in an array of its length; then it is empty again. */
  byte[] take() {
    var whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    drop();
    return whole;
  }

  /** Forgets what has come. */
  void drop() {
    bytes = NOTHING;
    length = 0;
    if (taken > 0) {
      budget.give(taken);
      taken = 0;
    }
  }
}
