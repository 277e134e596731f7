package dev.larder.engine.policy;

/*
 * A set-associative table instead of a queue with an index: 4 bytes per slot, against 12 to 20 for
 * an exact one. Each slot is
 *
 *     31         16 15          0
 *    | fingerprint |    stamp    |      0: empty (a fingerprint is never 0)
 *
 * The stamp is the lower half of a time; what it counts is up to the user. A full set gives up its
 * oldest slot. A fingerprint mistakes one stranger in 30,000 for a hash that was put in.
 */
/** Stamps of hashes, by fingerprint. Bounded; every method but {@link #clear} is O(1). */
final class FingerprintTable {
  /** The age of a hash that is not there. */
  static final int UNKNOWN = -1;

  /** The greatest age there is; older stamps look young again. */
  static final int STAMPS = 0xffff;

  private static final int WAYS = 4;

  private int[] table = {};
  private int sets;

  /** Whether there is no room for anything, as at first. */
  boolean hasNoRoom() {
    return table.length == 0;
  }

  /** How many sets there are. */
  int sets() {
    return sets;
  }

  /** Replaces the table by an empty one of about so many slots. */
  void clear(long slots) {
    sets = (int) ((slots + WAYS - 1) / WAYS);
    table = new int[sets * WAYS];
  }

  /**
   * Puts a hash in: over the slot of the same fingerprint, else an empty one, else the oldest.
   *
   * @param stamp the time to keep with it, at most {@link #STAMPS} before now
   */
  void put(int hash, long stamp, long now) {
    int mixed = mix(hash);
    table[place(mixed, now)] = fingerprint(mixed) << 16 | ((int) stamp & STAMPS);
  }

  /** Takes a hash out and returns its age, {@link #UNKNOWN} when it is not there. */
  int take(int hash, long now) {
    if (table.length == 0) {
      return UNKNOWN;
    }
    int slot = find(mix(hash));
    if (slot < 0) {
      return UNKNOWN;
    }
    int age = age(table[slot], now);
    table[slot] = 0;
    return age;
  }

  /** Empties the slots of a set that are older than this. */
  void dropOlder(int set, int age, long now) {
    for (int i = set * WAYS, end = i + WAYS; i < end; i++) {
      if (age(table[i], now) > age) {
        table[i] = 0;
      }
    }
  }

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

  /** The finalizer of MurmurHash3: a bijection whose every bit depends on every bit of the hash. */
  static int mix(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
