package dev.larder.engine.policy;

/*
 * Two slots of 4 bytes for each entry of the cache, in sets of four. Each slot is
 *
 *     31         16 15          0
 *    | fingerprint |    stamp    |      0: empty (a fingerprint is never 0)
 *
 * The stamp is the lower half of a time in ticks of the arrival clock. It wraps around after 64
 * cachefuls, when an old slot would look young. So each arrival also looks at the next set in turn
 * and empties the slots older than half of that: it comes by at least once in a cacheful.
 *
 * A full set gives up its oldest slot. Losing one is harmless, and so is taking one key in 30,000
 * for another: an entry goes to the other ring than it would have.
 */
/** Remembers by fingerprint when hashes were seen last. Bounded; every method is O(1). */
final class GhostTable {
  /** The age of a hash that is not remembered. */
  static final int UNKNOWN = -1;

  private static final int WAYS = 4;
  private static final int SLOTS_PER_ENTRY = 2;
  private static final int MINIMUM = 16;
  private static final int STAMPS = 0xffff;
  private static final int TOO_OLD = STAMPS / 2;

  private int[] table = {};
  private int sets;
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
    if (held > room || table.length == 0) {
      makeRoom(held);
    }
    int mixed = Ghosts.mix(hash);
    table[place(mixed, now)] = fingerprint(mixed) << 16 | ((int) seen & STAMPS);
  }

  /** How long ago the hash was seen, {@link #UNKNOWN} if that is not known; forgets it. */
  int forget(int hash, long now) {
    if (table.length == 0) {
      return UNKNOWN;
    }
    int mixed = Ghosts.mix(hash);
    int slot = find(mixed);
    if (slot < 0) {
      return UNKNOWN;
    }
    int age = age(table[slot], now);
    table[slot] = 0;
    return age <= TOO_OLD ? age : UNKNOWN;
  }

  /** Empties the slots of one set that are too old to be told from young ones soon. */
  void sweep(long now) {
    if (table.length == 0) {
      return;
    }
    swept = swept + 1 < sets ? swept + 1 : 0;
    for (int i = swept * WAYS, end = i + WAYS; i < end; i++) {
      if (age(table[i], now) > TOO_OLD) {
        table[i] = 0;
      }
    }
  }

  private void makeRoom(int held) {
    room = Math.max(MINIMUM, held + held / 16);
    sets = (int) (((long) room * SLOTS_PER_ENTRY + WAYS - 1) / WAYS);
    table = new int[sets * WAYS];
  }

  /** Where to write: the slot of the same fingerprint, else an empty one, else the oldest. */
  private int place(int mixed, long now) {
    int slot = find(mixed);
    if (slot >= 0) {
      return slot;
    }
    int best = first(mixed);
    for (int i = best, end = best + WAYS; i < end; i++) {
      if (table[i] == 0) {
        return i;
      }
      if (age(table[i], now) > age(table[best], now)) {
        best = i;
      }
    }
    return best;
  }

  private int find(int mixed) {
    int fingerprint = fingerprint(mixed);
    for (int i = first(mixed), end = i + WAYS; i < end; i++) {
      if (table[i] >>> 16 == fingerprint) {
        return i;
      }
    }
    return -1;
  }

  private static int age(int slot, long now) {
    return ((int) now - slot) & STAMPS;
  }

  private int first(int mixed) {
    return (int) ((Integer.toUnsignedLong(mixed) * sets) >>> Integer.SIZE) * WAYS;
  }

  private static int fingerprint(int mixed) {
    return Math.max(1, mixed & 0xffff);
  }
}
