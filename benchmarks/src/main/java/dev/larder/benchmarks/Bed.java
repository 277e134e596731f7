package dev.larder.benchmarks;

/** A cache ready to be measured, and the keys to ask it for. */
final class Bed implements AutoCloseable {
  private static final int LENGTH_PER_KEY = 2;

  private final Subject cache;
  private final Long[] keys;

  private Bed(Subject cache, Long[] keys) {
    this.cache = cache;
    this.keys = keys;
  }

  /** Sets the cache up and, unless it loads by itself, puts all keys in. */
  static Bed make(Peer peer, Setup setup) {
    var universe = Keys.universe(setup.universe());
    var length = Integer.highestOneBit(setup.universe() - 1) * 2 * LENGTH_PER_KEY;
    var bed = new Bed(peer.create(setup), Keys.zipf(universe, length));
    if (!setup.readThrough()) {
      bed.fill(universe);
    }
    return bed;
  }

  private void fill(Long[] universe) {
    for (var key : universe) {
      cache.put(key, key);
    }
    for (var key : universe) {
      if (cache.get(key) == null) {
        throw new IllegalStateException("the cache lost key " + key + " below its capacity");
      }
    }
  }

  /** As {@link Workload#run}. */
  long run(Workload workload, int from, int operations) {
    return workload.run(cache, keys, from & (keys.length - 1), operations);
  }

  @Override
  public void close() {
    cache.close();
  }
}
