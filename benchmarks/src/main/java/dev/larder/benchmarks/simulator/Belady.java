package dev.larder.benchmarks.simulator;

/*
 * An entry is known by when it is used next, so the cache is a set of positions of the trace: an
 * access is a hit when its own position is in the set. The victim is the highest position. The set is
 * a bit for each position, and above it levels that have a bit for each word of the level below that
 * is not empty, so every step is a few words long whatever the capacity.
 */
/**
 * The optimum: the entry leaves whose next use is the furthest away, the newcomer included (Belady,
 * "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 1966).
 * Knows the future, so it is a bound and no policy.
 */
final class Belady implements Simulation {
  private final int[] nextUses;
  private final long capacity;
  private final long[][] levels;
  private long size;

  Belady(Trace trace, long capacity) {
    nextUses = trace.nextUses();
    this.capacity = capacity;
    int depth = 1;
    for (int words = words(trace.length()); words > 1; words = words(words)) {
      depth++;
    }
    levels = new long[depth][];
    int bits = trace.length();
    for (int level = 0; level < depth; level++) {
      bits = words(bits);
      levels[level] = new long[bits];
    }
  }

  private static int words(int bits) {
    return Math.max(1, (bits + Long.SIZE - 1) / Long.SIZE);
  }

  @Override
  public boolean access(int id, int position) {
    boolean hit = (levels[0][position >> 6] & (1L << position)) != 0;
    if (hit) {
      clear(position);
    }
    if (nextUses[position] != Trace.NEVER) {
      set(nextUses[position]);
      if (size > capacity) {
        clear(highest());
      }
    }
    return hit;
  }

  private void set(int position) {
    int bit = position;
    for (var level : levels) {
      level[bit >> 6] |= 1L << bit;
      bit >>= 6;
    }
    size++;
  }

  private void clear(int position) {
    int bit = position;
    for (var level : levels) {
      level[bit >> 6] &= ~(1L << bit);
      if (level[bit >> 6] != 0) {
        break;
      }
      bit >>= 6;
    }
    size--;
  }

  private int highest() {
    int word = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      word = (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(levels[level][word]);
    }
    return word;
  }
}
