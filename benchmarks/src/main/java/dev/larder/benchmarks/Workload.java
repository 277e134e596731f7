package dev.larder.benchmarks;

/**
 * What one thread does. Each constant has a loop of its own, so that what the compiler learned of
 * one does not slow another.
 */
enum Workload {
  READ {
    @Override
    long run(Subject cache, Long[] keys, int from, int operations) {
      var mask = keys.length - 1;
      var sum = 0L;
      for (var i = from; i < from + operations; i++) {
        var value = cache.get(keys[i & mask]);
        sum += value == null ? 0 : value;
      }
      return sum;
    }
  },

  /** Three reads, then one write. */
  MIX {
    @Override
    long run(Subject cache, Long[] keys, int from, int operations) {
      var mask = keys.length - 1;
      var sum = 0L;
      for (var i = from; i < from + operations; i++) {
        var key = keys[i & mask];
        if ((i & 3) == 3) {
          cache.put(key, keys[(i + 1) & mask]);
        } else {
          var value = cache.get(key);
          sum += value == null ? 0 : value;
        }
      }
      return sum;
    }
  },

  /** The value is another one than before nearly always, and exists already. */
  OVERWRITE {
    @Override
    long run(Subject cache, Long[] keys, int from, int operations) {
      var mask = keys.length - 1;
      for (var i = from; i < from + operations; i++) {
        cache.put(keys[i & mask], keys[(i + 1) & mask]);
      }
      return operations;
    }
  };

  /**
   * Runs operations on the keys from that place on, around the end.
   *
   * @param keys as many as a power of two
   * @return something that depends on all that was read, for the caller to use
   */
  abstract long run(Subject cache, Long[] keys, int from, int operations);
}
