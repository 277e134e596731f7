package dev.larder.spi;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The loads under way, by key: a load may store what it brought only while its token is here, and
 * every write or removal of the key takes the token away. Costs writers one volatile read while
 * nothing loads.
 *
 * <p>A loader registers its token and then looks at the entry; a writer changes the entry and then
 * looks for a token. All four are volatile accesses, so at least one sees the other. Safe for all
 * threads.
 *
 * <p>The numbers begin anywhere ({@link Serials}): a token of an earlier cache of the same name may
 * be brought back late by another process.
 */
public final class FillTokens<K> {
  private final ConcurrentHashMap<K, Long> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong last = Serials.anywhere();

  /** None yet. */
  public FillTokens() {}

  /** A token for the key; an older one of the same key holds no longer. */
  public long register(K key) {
    var token = last.incrementAndGet();
    open.incrementAndGet();
    if (tokens.put(key, token) != null) {
      open.decrementAndGet();
    }
    return token;
  }

  /** Takes the token back; false when it was outdated. */
  public boolean redeem(K key, long token) {
    var held = tokens.remove(key, token);
    if (held) {
      open.decrementAndGet();
    }
    return held;
  }

  /** Outdates the token of the key, if there is one. */
  public void outdate(K key) {
    if (open.get() != 0 && tokens.remove(key) != null) {
      open.decrementAndGet();
    }
  }

  /** Outdates all tokens. */
  public void outdateAll() {
    if (open.get() != 0) {
      tokens.keySet().forEach(this::outdate);
    }
  }
}
