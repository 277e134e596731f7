package dev.larder.spi;

/** What a look at an entry means. */
public enum Touch {
  /** A read by the user: counts for recency, moves a sliding deadline. */
  READ,
  /** No recency, no access expiry: contains, bulk reads, scans. */
  PEEK,
  /**
   * A {@link #READ} that announces a load: when it misses, the store remembers the key and gives a
   * fill token, which a write, a removal or an invalidation of the key outdates. Whoever asked must
   * give the token back with {@link Verbs#fill}, also when the load failed.
   */
  FILL,
  /**
   * As {@link #FILL}, but gives a fill token for a live entry too, so that it can be loaded anew
   * while it serves.
   */
  REFRESH
}
