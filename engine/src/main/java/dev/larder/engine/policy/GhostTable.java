package dev.larder.engine.policy;

/*
 * Two slots for each entry of the cache. Stamps are times in ticks of the arrival clock. They wrap
 * around after 64 cachefuls, when an old slot would look young. So each arrival also looks at the
 * next set in turn and empties the slots older than half of that: it comes by at least once in a
 * cacheful.
 *
 * Losing a hash is harmless, and so is taking one key in 30,000 for another: an entry goes to the
 * other ring than it would have.
 */
/** Remembers by fingerprint when hashes were seen last. Bounded; every method is O(1). */
final class GhostTable {
  /** The age of a hash that is not remembered. */
  static final int UNKNOWN = FingerprintTable.UNKNOWN;

  private static final int SLOTS_PER_ENTRY = 2;
  private static final int MINIMUM = 16;
  private static final int TOO_OLD = FingerprintTable.STAMPS / 2;

  private final FingerprintTable table = new FingerprintTable();
  private int room;
  private int swept;

  /**
   * Remembers a hash. A table too small for the cache is replaced by an empty larger one; that
   * happens while a cache fills, when little is remembered.
   *
   * @param seen when it was seen last, at most half of the range of stamps ago
   * @param held how many entries the cache holds
   */
  void remember(int hash, long seen, long now, int held) {
    if (held > room || table.hasNoRoom()) {
      room = Math.max(MINIMUM, held + held / 16);
      table.clear((long) room * SLOTS_PER_ENTRY);
    }
    table.put(hash, seen, now);
  }

  /** How long ago the hash was seen, {@link #UNKNOWN} if that is not known; forgets it. */
  int forget(int hash, long now) {
    int age = table.take(hash, now);
    return age <= TOO_OLD ? age : UNKNOWN;
  }

  /** Empties the slots of one set that are too old to be told from young ones soon. */
  void sweep(long now) {
    if (!table.hasNoRoom()) {
      swept = swept + 1 < table.sets() ? swept + 1 : 0;
      table.dropOlder(swept, TOO_OLD, now);
    }
  }
}
