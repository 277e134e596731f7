package dev.larder.engine.policy;

/*
 * Two slots for each remembered hash. Stamps count what was remembered so far, in units so coarse
 * that the window is at most 2^12 of them. A slot counts while its age is inside the window. A slot
 * that nobody overwrote for sixteen windows would look young again, but its set has met some 25
 * newer hashes by then.
 *
 * With two slots for each hash in the window, sets that are full lose about 3 % of them, the oldest.
 */
/** Remembers by fingerprint the hashes that were given last. Bounded; O(1). */
final class Ghosts {
  private static final int SLOTS_PER_HASH = 2;
  private static final int MINIMUM = 16;
  private static final int WINDOW_BITS = 12;

  private final FingerprintTable table = new FingerprintTable();
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
    if (last > room || table.hasNoRoom()) {
      makeRoom(last);
    }
    window = Math.max(1, last >>> unit);
    table.put(hash, now(), now());
    remembered++;
  }

  /** Whether the hash is among those that count; forgets it if so. */
  boolean forget(int hash) {
    int age = table.take(hash, now());
    return age != FingerprintTable.UNKNOWN && age <= window;
  }

  private void makeRoom(int last) {
    room = Math.max(MINIMUM, last + last / 4);
    table.clear((long) room * SLOTS_PER_HASH);
    unit = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(room) - WINDOW_BITS);
  }

  private int now() {
    return remembered >>> unit;
  }
}
