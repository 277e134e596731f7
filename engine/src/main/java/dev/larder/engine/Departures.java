package dev.larder.engine;

import dev.larder.MissCause;
import java.util.List;

/**
 * Remembers why keys left lately, by hash, in a table of fixed size that later departures
 * overwrite: enough to tell most misses apart, never a promise. Races lose or repeat a note, no
 * more; each note is one long.
 */
final class Departures {
  private static final int SLOTS = 1_024;
  private static final List<MissCause> CAUSES = List.of(MissCause.values());
  private final long[] notes = new long[SLOTS];

  void note(int hash, MissCause cause) {
    notes[hash & (SLOTS - 1)] = ((long) hash << 8) | (CAUSES.indexOf(cause) + 1);
  }

  MissCause why(int hash) {
    var note = notes[hash & (SLOTS - 1)];
    return note != 0 && (int) (note >> 8) == hash
        ? CAUSES.get((int) (note & 0xFF) - 1)
        : MissCause.UNKNOWN;
  }
}
