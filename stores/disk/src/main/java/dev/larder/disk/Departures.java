package dev.larder.disk;

import dev.larder.MissCause;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers why keys left lately, by hash, in a table of fixed size that later departures
 * overwrite: enough to tell most misses apart, never a promise. Safe for all threads.
 */
final class Departures {
  private static final int SLOTS = 4_096;
  private static final List<MissCause> CAUSES = List.of(MissCause.values());
  private final AtomicLongArray notes = new AtomicLongArray(SLOTS);

  /** Of how many entries an invalidation took nobody has missed yet. */
  private final AtomicLong invalidated = new AtomicLong();

  private volatile MissCause otherwise;

  /**
   * None yet.
   *
   * @param fresh whether the cache has just come into being, so that a key not known was never seen
   */
  Departures(boolean fresh) {
    this.otherwise = fresh ? MissCause.COLD : MissCause.UNKNOWN;
  }

  void left(int hash, MissCause cause) {
    var before = notes.getAndSet(slot(hash), ((long) hash << 8) | (CAUSES.indexOf(cause) + 1));
    if (before != 0 && (int) (before >> 8) != hash && otherwise == MissCause.COLD) {
      otherwise = MissCause.UNKNOWN;
    }
  }

  /** So many entries went at once, unseen. */
  void allLeft(long entries, MissCause cause) {
    for (int slot = 0; slot < SLOTS; slot++) {
      notes.set(slot, 0);
    }
    invalidated.set(cause == MissCause.INVALIDATED ? entries : 0);
    if (entries > 0) {
      otherwise = MissCause.UNKNOWN;
    }
  }

  /** Why the key that somebody missed is not there; counts as a miss after an invalidation. */
  MissCause why(int hash) {
    var likely = likely(hash);
    // As many misses as it took entries are put down to the invalidation: which keys is not kept.
    if (likely == MissCause.INVALIDATED && !noted(hash) && invalidated.getAndDecrement() <= 0) {
      return otherwise;
    }
    return likely;
  }

  /** Why the key would be missing; changes nothing. */
  MissCause likely(int hash) {
    var note = notes.get(slot(hash));
    if (note != 0 && (int) (note >> 8) == hash) {
      return CAUSES.get((int) (note & 0xFF) - 1);
    }
    return invalidated.get() > 0 ? MissCause.INVALIDATED : otherwise;
  }

  private boolean noted(int hash) {
    var note = notes.get(slot(hash));
    return note != 0 && (int) (note >> 8) == hash;
  }

  private static int slot(int hash) {
    return (hash * 0x9E3779B9) >>> 20;
  }
}
