package dev.larder.server.http.v1;

import dev.larder.server.http.ProblemException;
import java.util.Arrays;

/**
 * Looks at the heads of the items in a body of CBOR (RFC 8949, 3) before it is parsed, in one pass
 * that skips strings by their length. A parser that keeps the tags it meets may take time in the
 * square of how many there are, and one that trusts lengths may take memory for what never comes. A
 * body that ends inside of a list or an object passes: the parser says so better.
 */
final class CborShape {
  /** So many tags an item may have; those in use have one, and perhaps the one of CBOR itself. */
  static final int TAGS = 4;

  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int LIST = 4;
  private static final int OBJECT = 5;
  private static final int TAG = 6;

  /** Ends what was begun without a length. */
  private static final int BREAK = 0xff;

  /** In a head: without a length. */
  private static final int OPEN = 31;

  /** Instead of how many items are left: as many as come. */
  private static final long ENDLESS = -1;

  private final byte[] body;
  private int at;
  private long[] left = new long[8];
  private int depth;
  private int tags;

  private CborShape(byte[] body) {
    this.body = body;
  }

  /**
   * Throws when a body is not well-formed, is nested deeper than {@link Formats#DEPTH}, or has an
   * item with more than {@link #TAGS} tags.
   *
   * @throws ProblemException naming where
   */
  static void check(byte[] body) {
    var shape = new CborShape(body);
    while (shape.at < body.length) {
      var head = shape.next();
      if (head == BREAK) {
        shape.close();
      } else {
        shape.item(head >> 5, head & OPEN);
      }
    }
  }

  private void item(int kind, int info) {
    switch (kind) {
      case BYTES, TEXT -> string(kind, info);
      case LIST -> begin(info == OPEN ? ENDLESS : length(info));
      case OBJECT -> begin(info == OPEN ? ENDLESS : 2 * length(info));
      case TAG -> {
        argument(info);
        if (++tags > TAGS) {
          throw refused("an item has more than " + TAGS + " tags");
        }
      }
      default -> {
        argument(info);
        done();
      }
    }
  }

  private void string(int kind, int info) {
    if (info == OPEN) {
      for (var head = next(); head != BREAK; head = next()) {
        if (head >> 5 != kind) {
          throw refused("a string has a piece of another kind");
        }
        skip(head & OPEN);
      }
    } else {
      skip(info);
    }
    done();
  }

  private void skip(int info) {
    var length = length(info); // which moves the place, so not in one expression with it
    at += (int) length;
  }

  /** What has items begins; as it may end at once, too. */
  private void begin(long items) {
    if (items == 0) {
      done();
      return;
    }
    if (depth == Formats.DEPTH) {
      throw refused("it is nested deeper than " + Formats.DEPTH);
    }
    if (depth == left.length) {
      left = Arrays.copyOf(left, 2 * depth);
    }
    left[depth++] = items;
    tags = 0;
  }

  /** An item ends, and with it perhaps those around it. */
  private void done() {
    tags = 0;
    while (depth > 0 && left[depth - 1] != ENDLESS && --left[depth - 1] == 0) {
      depth--;
    }
  }

  private void close() {
    if (depth == 0 || left[depth - 1] != ENDLESS || tags > 0) {
      throw refused("an end is where none can be");
    }
    depth--;
    done();
  }

  /** How much follows, of which each takes one byte at least. */
  private long length(int info) {
    var length = argument(info);
    if (length < 0 || length > body.length - at) {
      throw refused("a length is more than what follows");
    }
    return length;
  }

  private long argument(int info) {
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw refused("a head is none that CBOR has");
    }
    long argument = 0;
    for (int more = 1 << (info - 24); more > 0; more--) {
      argument = argument << 8 | next();
    }
    return argument;
  }

  private int next() {
    if (at == body.length) {
      throw refused("it ends too early");
    }
    return body[at++] & 0xff;
  }

  private ProblemException refused(String why) {
    return Refusals.malformed("the body is malformed at byte " + at + ": " + why);
  }
}
