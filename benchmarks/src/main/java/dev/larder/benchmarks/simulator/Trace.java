package dev.larder.benchmarks.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accesses to keys, in order. Keys are numbered from 0 in the order of their first access, once for
 * all replays, so that policies may keep what they know of a key in arrays. Immutable but for
 * {@link #nextUses}, which is made on first use; may be shared among threads.
 */
final class Trace {
  /** What {@link #nextUses} says of the last access of a key. */
  static final int NEVER = Integer.MAX_VALUE;

  private final String name;
  private final int[] accesses;
  private final List<Object> keys;
  private final int @Nullable [] weights;
  private int @Nullable [] nextUses;

  private Trace(String name, int[] accesses, List<Object> keys, int @Nullable [] weights) {
    this.name = name;
    this.accesses = accesses;
    this.keys = keys;
    this.weights = weights;
  }

  /** A trace of these keys, for tests. */
  static Trace of(String name, int... keys) {
    var collector = new Collector();
    for (int key : keys) {
      collector.add((long) key);
    }
    return collector.finish(name);
  }

  String name() {
    return name;
  }

  /** How many accesses there are. */
  int length() {
    return accesses.length;
  }

  /** How many different keys there are. */
  int distinct() {
    return keys.size();
  }

  /** The number of the key that is accessed at a position. */
  int id(int position) {
    return accesses[position];
  }

  /** The key itself, as a cache would see it. */
  Object key(int id) {
    return keys.get(id);
  }

  boolean weighted() {
    return weights != null;
  }

  /** The weight of the entry from this access on; 1 in a trace without weights. */
  int weight(int position) {
    return weights == null ? 1 : weights[position];
  }

  /** What all keys weigh together, each with its first weight: the size that 100 % stands for. */
  long totalWeight() {
    if (weights == null) {
      return distinct();
    }
    long total = 0;
    int known = 0;
    for (int position = 0; position < accesses.length; position++) {
      if (accesses[position] == known) {
        total += weights[position];
        known++;
      }
    }
    return total;
  }

  /** For each access the position of the next one to the same key, or {@link #NEVER}. */
  synchronized int[] nextUses() {
    if (nextUses == null) {
      var next = new int[accesses.length];
      var seen = new int[keys.size()];
      Arrays.fill(seen, NEVER);
      for (int position = accesses.length - 1; position >= 0; position--) {
        next[position] = seen[accesses[position]];
        seen[accesses[position]] = position;
      }
      nextUses = next;
    }
    return nextUses;
  }

  /** Takes accesses and numbers their keys. */
  static final class Collector {
    /** As many as the heap of a workstation can hold; a bound against files that are no trace. */
    static final int MAXIMUM = 200_000_000;

    private final Map<Object, Integer> ids = new HashMap<>();
    private final List<Object> keys = new ArrayList<>();
    private int[] accesses = new int[1_024];
    private int @Nullable [] weights;
    private int length;

    int length() {
      return length;
    }

    boolean full() {
      return length == MAXIMUM;
    }

    /** An access to a key; keys are compared by {@code equals}. */
    void add(Object key) {
      if (length == accesses.length) {
        accesses = Arrays.copyOf(accesses, Math.min(MAXIMUM, 2 * length));
      }
      var id = ids.putIfAbsent(key, keys.size());
      if (id == null) {
        id = keys.size();
        keys.add(key);
      }
      accesses[length++] = id;
    }

    /**
     * An access to an entry of this weight. A trace has weights for all of its accesses or none.
     */
    void add(Object key, int weight) {
      add(key);
      if (weights == null || weights.length < length) {
        weights = weights == null ? new int[1_024] : Arrays.copyOf(weights, accesses.length);
      }
      weights[length - 1] = weight;
    }

    Trace finish(String name) {
      return new Trace(
          name,
          Arrays.copyOf(accesses, length),
          List.copyOf(keys),
          weights == null ? null : Arrays.copyOf(weights, length));
    }
  }
}
