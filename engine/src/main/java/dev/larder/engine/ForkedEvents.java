package dev.larder.engine;

import dev.larder.spi.Change;
import dev.larder.spi.StoreEvents;

/** Tells two receivers, each only while it wants to know. */
record ForkedEvents<K, V>(StoreEvents<K, V> first, StoreEvents<K, V> second)
    implements StoreEvents<K, V> {

  /** The first alone where the second is the one that wants nothing. */
  static <K, V> StoreEvents<K, V> of(StoreEvents<K, V> first, StoreEvents<K, V> second) {
    return second instanceof StoreEvents.None ? first : new ForkedEvents<>(first, second);
  }

  @Override
  public void changed(K key, Change<V> change, long sequence) {
    if (first.wanted()) {
      first.changed(key, change, sequence);
    }
    if (second.wanted()) {
      second.changed(key, change, sequence);
    }
  }

  @Override
  public void gap(long from, long next) {
    first.gap(from, next);
    second.gap(from, next);
  }

  @Override
  public void outdated(K key, long version) {
    first.outdated(key, version);
    second.outdated(key, version);
  }

  @Override
  public void outdatedAll() {
    first.outdatedAll();
    second.outdatedAll();
  }

  @Override
  public boolean keepsCopies() {
    return first.keepsCopies() || second.keepsCopies();
  }

  @Override
  public long maxStaleness() {
    return Math.min(first.maxStaleness(), second.maxStaleness());
  }

  @Override
  public void confirmed(long ticks) {
    first.confirmed(ticks);
    second.confirmed(ticks);
  }

  @Override
  public boolean wanted() {
    return first.wanted() || second.wanted();
  }
}
