package dev.larder.engine.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a {@link Ring}: places for entries, filled from the front, with what the policy
 * knows of each. Removed entries leave holes.
 */
final class Segment {
  static final int LENGTH = 128;

  /** Its place among the {@link Segments}. */
  final int number;

  final @Nullable Object[] entries = new @Nullable Object[LENGTH];
  final byte[] uses = new byte[LENGTH];
  private final short[] stamps = new short[LENGTH];

  /** Null while all weigh 1, as in caches without weights. */
  private int @Nullable [] weights;

  @Nullable Segment newer;
  @Nullable Segment older;

  /** No entry is before this place. */
  int first;

  /** No entry is at or behind this place. */
  int end;

  /** How many places hold an entry. */
  int live;

  /** The ring it is a part of. */
  @Nullable Ring<?> ring;

  Segment(int number) {
    this.number = number;
  }

  int slot(int place) {
    return number * LENGTH + place;
  }

  /** The lower half of the time. */
  int stamp(int place) {
    return stamps[place] & 0xffff;
  }

  void put(int place, Object entry, int weight, int usesBefore, long time) {
    entries[place] = entry;
    uses[place] = (byte) usesBefore;
    stamps[place] = (short) time;
    weigh(place, weight);
    live++;
  }

  void clear(int place) {
    entries[place] = null;
    live--;
  }

  int weight(int place) {
    return weights == null ? 1 : weights[place];
  }

  void weigh(int place, int weight) {
    if (weights == null) {
      if (weight == 1) {
        return;
      }
      weights = new int[LENGTH];
      Arrays.fill(weights, 1);
    }
    weights[place] = weight;
  }
}
