package dev.larder.engine.policy;

/*
 * A set-associative table instead of a queue with an index: 4 bytes per slot and two slots per
 * remembered hash, against 12 to 20 bytes for an exact one. Each slot is
 *
 *     31         16 15          0
 *    | fingerprint |    stamp    |      0: empty (a fingerprint is never 0)
 *
 * The stamp counts what was remembered so far, in units so coarse that the window is at most 2^12 of
 * them. A slot counts while its age, modulo 2^16, is inside the window. A slot that nobody overwrote
 * for sixteen windows would look young again, but its set has met some 25 newer hashes by then.
 *
 * A full set gives up its oldest slot. With two slots for each hash in the window that loses about
 * 3 % of them, the oldest; a fingerprint mistakes one stranger in 30,000 for a ghost.
 */
/** Remembers by fingerprint the hashes that were given last. Bounded; O(1). */
final class Ghosts {
  private static final int WAYS = 4;
  private static final int SLOTS_PER_HASH = 2;
  private static final int MINIMUM = 16;
  private static final int WINDOW_BITS = 12;
  private static final int STAMPS = 0xffff;

  private int[] table = {};
  private int sets;
  private int room;
  private int unit;
  private int window;
  private int remembered;

  /**
   * Remembers a hash. When the table is too small for the window it is replaced by an empty larger
   * one; that happens while a cache fills, when little was remembered.
   *
   * @param last how many of the hashes remembered last are to count, from now on
   */
  void remember(int hash, int last) {
    if (last > room || table.length == 0) {
      makeRoom(last);
    }
    window = Math.max(1, last >>> unit);
    int mixed = mix(hash);
    table[place(mixed)] = fingerprint(mixed) << 16 | now();
    remembered++;
  }

  /** Whether the hash is among those that count; forgets it if so. */
  boolean forget(int hash) {
    if (table.length == 0) {
      return false;
    }
    int mixed = mix(hash);
    int way = find(mixed);
    if (way < 0) {
      return false;
    }
    boolean counts = age(table[way]) <= window;
    table[way] = 0;
    return counts;
  }

  private void makeRoom(int last) {
    room = Math.max(MINIMUM, last + last / 4);
    sets = (int) (((long) room * SLOTS_PER_HASH + WAYS - 1) / WAYS);
    table = new int[sets * WAYS];
    unit = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(room) - WINDOW_BITS);
  }

  /** Where to write: the slot of the same fingerprint, else an empty one, else the oldest. */
  private int place(int mixed) {
    int way = find(mixed);
    if (way >= 0) {
      return way;
    }
    int best = first(mixed);
    for (int i = best, end = best + WAYS; i < end; i++) {
      if (table[i] == 0) {
        return i;
      }
      if (age(table[i]) > age(table[best])) {
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

  private int age(int slot) {
    return (now() - slot) & STAMPS;
  }

  private int now() {
    return (remembered >>> unit) & STAMPS;
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
