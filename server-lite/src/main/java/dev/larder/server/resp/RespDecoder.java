package dev.larder.server.resp;

import dev.larder.server.core.Budget;
import dev.larder.server.core.Limits;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests out of the bytes of one connection as they come: arrays of bulk strings, and
 * inline commands (<a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">the
 * protocol</a>). Errors and their texts are those of Redis, which does not look at the line break
 * after a bulk string either.
 *
 * <p>Nothing is allocated but the parts of requests, and those no larger than twice what came of
 * them: a length that is announced costs nothing before its bytes are there. What lacks its end
 * stays with the caller only for the lines between parts, which are short; a part goes into its
 * array as it comes.
 *
 * <p>Works on arrays, into which the bytes of a read are copied at one go: a byte of a pooled
 * buffer costs several times what a byte of an array does. Not safe for threads.
 */
final class RespDecoder {
  /** The longest inline request, as in Redis. */
  static final int INLINE = 64 << 10;

  /** The longest line between parts: a sign, a type and as many digits as a long has. */
  private static final int LINE = 32;

  /** Parts and bytes of a part before a password was given, as in Redis. */
  private static final int STRANGERS_PARTS = 10;

  private static final int STRANGERS_BYTES = 16_384;

  /** So much of a request each connection may hold without asking the budget. */
  private static final int FREE = 64 << 10;

  /** The fewest places and bytes that are made at once. */
  private static final int LEAST = 64;

  private static final byte[][] NO_PARTS = {};

  private final Commands commands;
  private final int maxPart;
  private final int maxParts;
  private final long maxBytes;
  private final Budget budget;

  private byte[] in = {};
  private int from;
  private int to;
  private int looked;
  private long number;

  private byte[][] parts = NO_PARTS;
  private int count;
  private int next;
  private int length = -1;
  private byte @Nullable [] part;
  private int filled;
  private long bytes;
  private @Nullable Known known;
  private boolean stranger;
  private long held;
  private long taken;

  RespDecoder(Commands commands, Limits limits, Budget budget) {
    this.commands = commands;
    this.budget = budget;
    this.maxPart = Math.max(limits.valueBytes(), limits.keyBytes());
    this.maxParts = limits.batch();
    this.maxBytes = limits.requestBytes();
  }

  /** Whether the client still has to give a password; it may send little until then. */
  void stranger(boolean yes) {
    stranger = yes;
  }

  /** Whether a request has begun and lacks its end. */
  boolean amid() {
    return count > 0;
  }

  /**
   * Sets the bytes to read: those of the array from a place to before another. What was not taken
   * before comes first among them.
   */
  void input(byte[] array, int first, int end) {
    in = array;
    from = first;
    to = end;
  }

  /** Where the bytes begin that were not taken. */
  int from() {
    return from;
  }

  /** Takes what a part that has begun lacks straight out of the buffer, without its line end. */
  void fill(ByteBuf buffer) throws ProtocolException {
    var into = part;
    if (into != null) {
      var come = Math.min(length - filled, buffer.readableBytes());
      into = roomy(into, come);
      buffer.readBytes(into, filled, come);
      filled += come;
    }
  }

  /**
   * The next request; null when its end has not come yet.
   *
   * @throws ProtocolException when there is none, nor will be
   */
  @Nullable Request next() throws ProtocolException {
    while (count == 0) {
      if (from == to) {
        return null;
      }
      if (in[from] == '*') {
        if (!begun()) {
          return null;
        }
      } else {
        var words = inline();
        if (words == null) {
          return null;
        }
        if (words.length > 0) {
          return written(words);
        }
      }
    }
    return whole() ? finished() : null;
  }

  /** What somebody wrote by hand, or a browser sent. */
  private Request written(byte[][] words) throws ProtocolException {
    var meant = commands.find(words[0], 0, words[0].length);
    if (meant != null) {
      words[0] = meant.name();
    }
    var request = new Request(meant, words);
    if (request.is(0, "post")
        || request.is(0, "host:")
        || (words.length == 3 && request.text(2).startsWith("HTTP/"))) {
      throw ProtocolException.http();
    }
    return request;
  }

  /** Reads how many parts follow; nothing is asked for with none. */
  private boolean begun() throws ProtocolException {
    if (!line("invalid multibulk length", "too big mbulk count string")) {
      return false;
    }
    if (number > STRANGERS_PARTS && stranger) {
      throw new ProtocolException("unauthenticated multibulk length");
    }
    if (number > maxParts) {
      throw new ProtocolException(
          "invalid multibulk length, at most " + maxParts + " parts are allowed");
    }
    if (number > 0) {
      count = (int) number;
      next = 0;
      bytes = 0;
      parts = new byte[Math.min(count, LEAST)][];
    }
    return true;
  }

  /** Reads parts until the request is whole; false when bytes are missing. */
  private boolean whole() throws ProtocolException {
    while (next < count) {
      if (part == null) {
        if (length < 0 && !announced()) {
          return false;
        }
        if (to - from >= length + 2) {
          take();
          continue;
        }
        var room = Math.min(length, Math.max(LEAST, 2 * (to - from)));
        hold(held + room);
        part = new byte[room];
        filled = 0;
      }
      if (!completed(part)) {
        return false;
      }
    }
    return true;
  }

  /** Reads how long the next part is. */
  private boolean announced() throws ProtocolException {
    if (from == to) {
      return false;
    }
    if (in[from] != '$') {
      throw new ProtocolException("expected '$', got '" + (char) (in[from] & 0xff) + "'");
    }
    if (!line("invalid bulk length", "too big bulk count string")) {
      return false;
    }
    if (number < 0 || number > maxPart) {
      throw new ProtocolException("invalid bulk length");
    }
    if (number > STRANGERS_BYTES && stranger) {
      throw new ProtocolException("unauthenticated bulk length");
    }
    bytes += number;
    if (bytes > maxBytes) {
      throw new ProtocolException("a request of more than " + maxBytes + " bytes");
    }
    length = (int) number;
    return true;
  }

  /** Takes a part all of which is there. */
  private void take() throws ProtocolException {
    var end = from + length;
    if (next == 0) {
      known = commands.find(in, from, end);
    }
    put(next == 0 && known != null ? known.name() : Arrays.copyOfRange(in, from, end));
    from = end + 2;
  }

  private void put(byte[] whole) throws ProtocolException {
    held += whole.length;
    hold(held);
    if (next == parts.length) {
      parts = Arrays.copyOf(parts, Math.min(count, 2 * next));
    }
    parts[next++] = whole;
    length = -1;
  }

  /** Takes what has come of a part that came in pieces. */
  private boolean completed(byte[] pieces) throws ProtocolException {
    var come = Math.min(length - filled, to - from);
    var into = roomy(pieces, come);
    System.arraycopy(in, from, into, filled, come);
    from += come;
    filled += come;
    if (filled < length || to - from < 2) {
      return false;
    }
    from += 2;
    if (next == 0) {
      known = commands.find(into, 0, length);
    }
    part = null;
    put(next == 0 && known != null ? known.name() : into);
    return true;
  }

  /** Room for more of the part: at most twice what is there, and never more than was announced. */
  private byte[] roomy(byte[] pieces, int come) throws ProtocolException {
    if (filled + come <= pieces.length) {
      return pieces;
    }
    var room = (int) Math.min(length, 2L * (filled + come));
    hold(held + room);
    var grown = Arrays.copyOf(pieces, room);
    part = grown;
    return grown;
  }

  /** Has the budget know of what this request holds, beyond what is free. */
  private void hold(long bytesHeld) throws ProtocolException {
    if (bytesHeld > FREE && bytesHeld > taken) {
      if (!budget.take(bytesHeld - taken)) {
        throw new ProtocolException(
            "requests that are coming in take all the memory there is for them");
      }
      taken = bytesHeld;
    }
  }

  /** What this request held is its command's, or nobody's. */
  void letGo() {
    budget.give(taken);
    taken = 0;
    held = 0;
  }

  private Request finished() {
    if (held > FREE) {
      letGo();
    }
    held = 0;
    var request = new Request(known, parts);
    parts = NO_PARTS;
    count = 0;
    known = null;
    return request;
  }

  /** Reads the number of a line of a type, a number and a line end; false when it lacks its end. */
  private boolean line(String invalid, String tooBig) throws ProtocolException {
    var negative = from + 1 < to && in[from + 1] == '-';
    var first = negative ? from + 2 : from + 1;
    var value = 0L;
    for (int at = first; at < to; at++) {
      var digit = in[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = Math.min(10 * value + digit, Integer.MAX_VALUE + 1L);
      } else if (in[at] != '\r' || at == first || (in[first] == '0' && at > first + 1)) {
        throw new ProtocolException(invalid);
      } else if (at + 1 == to) {
        return false;
      } else {
        number = negative ? -value : value;
        from = at + 2;
        return true;
      }
    }
    if (to - from > LINE) {
      throw new ProtocolException(tooBig);
    }
    return false;
  }

  /** The words of an inline request; none for an empty line, null when its end has not come. */
  private byte @Nullable [][] inline() throws ProtocolException {
    var end = from + looked;
    while (end < to && in[end] != '\n') {
      end++;
    }
    looked = end - from;
    if (looked > INLINE) {
      throw new ProtocolException("too big inline request");
    }
    if (end == to) {
      return null;
    }
    looked = 0;
    var begin = from;
    from = end + 1;
    return Inline.words(in, begin, end > begin && in[end - 1] == '\r' ? end - 1 : end);
  }
}
