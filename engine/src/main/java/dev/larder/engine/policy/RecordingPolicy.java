package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;

/**
 * A policy of lists that hears of every use of an entry, exactly: reads, which readers pay for, and
 * writes, which are uses like any other.
 */
abstract sealed class RecordingPolicy<E extends Element> extends ListPolicy<E>
    permits LfuPolicy, LruPolicy, MruPolicy, TinyLfuPolicy {
  RecordingPolicy(int lists, long capacity) {
    super(lists, capacity);
  }

  @Override
  public final boolean recordsAccess(E entry) {
    return true;
  }

  @Override
  public final boolean recordsUpdates() {
    return true;
  }

  @Override
  public void updated(E entry, int weightBefore) {
    accessed(entry);
  }

  @Override
  public abstract void accessed(E entry);
}
