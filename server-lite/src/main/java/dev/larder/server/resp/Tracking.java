package dev.larder.server.resp;

import dev.larder.server.resp.Definition.Flag;
import dev.larder.spi.Bytes;
import java.util.Arrays;
import java.util.List;

/**
 * How one client has its reads remembered, or hears of all changes under prefixes (<a
 * href="https://redis.io/docs/latest/develop/reference/client-side-caching/">client-side
 * caching</a>).
 */
final class Tracking {

  /** Which keys the client is told of. */
  enum Mode {
    /** Those it read. */
    DEFAULT,
    /** Those it read by a command after {@code CLIENT CACHING YES}. */
    OPT_IN,
    /** Those it read, but by a command after {@code CLIENT CACHING NO}. */
    OPT_OUT,
    /** All that begin with a prefix. */
    BROADCAST
  }

  private static final String CACHING = "client|caching";

  private final Mode mode;
  private final List<byte[]> prefixes;
  private final boolean noLoop;
  private final long redirect;
  private volatile boolean broken;
  private boolean caching;

  /**
   * What a client asked for.
   *
   * @param prefixes for {@link Mode#BROADCAST}; none for all keys
   * @param noLoop whether it is not told of its own changes
   * @param redirect the client that is told in its place, 0 for none
   */
  Tracking(Mode mode, List<byte[]> prefixes, boolean noLoop, long redirect) {
    this.mode = mode;
    this.prefixes = List.copyOf(prefixes);
    this.noLoop = noLoop;
    this.redirect = redirect;
  }

  Mode mode() {
    return mode;
  }

  List<byte[]> prefixes() {
    return prefixes;
  }

  boolean noLoop() {
    return noLoop;
  }

  long redirect() {
    return redirect;
  }

  /** Whether the client that is told in its place has left. */
  boolean broken() {
    return broken;
  }

  void broken(boolean yes) {
    broken = yes;
  }

  /** Whether the next command is an exception from what the mode says. */
  boolean caching() {
    return caching;
  }

  void caching(boolean yes) {
    caching = yes;
  }

  /** Whether a key begins with one of the prefixes. */
  boolean covers(byte[] key) {
    if (prefixes.isEmpty()) {
      return true;
    }
    for (var prefix : prefixes) {
      if (begins(key, prefix)) {
        return true;
      }
    }
    return false;
  }

  static boolean begins(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /**
   * Remembers the keys that a command is about to read: before it reads them, so that no change
   * after the read goes untold.
   */
  void before(Known known, Request request, RespSession session) {
    var definition = known.definition();
    var wanted =
        switch (mode) {
          case DEFAULT -> true;
          case OPT_IN -> caching;
          case OPT_OUT -> !caching;
          case BROADCAST -> false;
        };
    if (!wanted || definition.firstKey() == 0 || !known.has(Flag.READONLY)) {
      return;
    }
    var last =
        definition.lastKey() < 0 ? request.size() + definition.lastKey() : definition.lastKey();
    for (int at = definition.firstKey(); at <= last; at += definition.step()) {
      session.server().trackers().remember(new Bytes(request.part(at)), session);
    }
  }

  /** A command was run or queued: what was said for the next one has had its use. */
  void after(Known known, RespSession session) {
    if (session.transaction() == null && !known.definition().name().equals(CACHING)) {
      caching = false;
    }
  }
}
