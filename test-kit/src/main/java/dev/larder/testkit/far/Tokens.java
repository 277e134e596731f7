package dev.larder.testkit.far;

import dev.larder.spi.Bytes;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The fill tokens given out and not outdated, exact for each key. One that is not given back runs
 * out, so that lost clients cost nothing for ever.
 */
final class Tokens {
  static final long LIFE_MILLIS = 300_000;

  private record Given(Bytes key, long token, long until) {}

  private final Map<Bytes, Set<Long>> byKey = new HashMap<>();
  private final ArrayDeque<Given> byTime = new ArrayDeque<>();
  private long last;

  long give(Bytes key, long now) {
    prune(now);
    last++;
    byKey.computeIfAbsent(key, any -> new HashSet<>()).add(last);
    byTime.add(new Given(key, last, now + LIFE_MILLIS));
    return last;
  }

  /** Takes a token back; false when it was outdated or has run out. */
  boolean redeem(Bytes key, long token, long now) {
    prune(now);
    return take(key, token);
  }

  /** A write or removal of the key. */
  void outdate(Bytes key) {
    byKey.remove(key);
  }

  /** An invalidation, of whatever: what a load under way will bring is not known. */
  void outdateAll() {
    byKey.clear();
  }

  /** The tokens of a key that would still be taken back. */
  Set<Long> of(Bytes key, long now) {
    prune(now);
    return Set.copyOf(byKey.getOrDefault(key, Set.of()));
  }

  private boolean take(Bytes key, long token) {
    var tokens = byKey.get(key);
    if (tokens == null || !tokens.remove(token)) {
      return false;
    }
    if (tokens.isEmpty()) {
      byKey.remove(key);
    }
    return true;
  }

  private void prune(long now) {
    for (var oldest = byTime.peek();
        oldest != null && oldest.until <= now;
        oldest = byTime.peek()) {
      byTime.remove();
      take(oldest.key, oldest.token);
    }
  }
}
