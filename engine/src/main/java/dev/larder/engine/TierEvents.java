package dev.larder.engine;

import dev.larder.spi.Change;
import dev.larder.spi.StoreEvents;
import org.jspecify.annotations.Nullable;

/**
 * Events of an authority on their way to the front, past the tier, which drops copies that are
 * outdated. What comes before there is a tier concerns no copy.
 */
final class TierEvents<K, V> implements StoreEvents<K, V> {
  private final StoreEvents<K, V> front;
  private volatile @Nullable TieredStore<K, V> tier;

  TierEvents(StoreEvents<K, V> front) {
    this.front = front;
  }

  void to(TieredStore<K, V> here) {
    tier = here;
  }

  @Override
  public void changed(K key, Change<V> change, long sequence) {
    front.changed(key, change, sequence);
  }

  @Override
  public void gap(long first, long next) {
    outdatedAll();
    front.gap(first, next);
  }

  @Override
  public void outdated(K key, long version) {
    var here = tier;
    if (here != null) {
      here.outdated(key, version);
    }
  }

  @Override
  public void outdatedAll() {
    var here = tier;
    if (here != null) {
      here.forgetAll();
    }
  }

  @Override
  public boolean keepsCopies() {
    return true;
  }

  @Override
  public void confirmed(long ticks) {
    var here = tier;
    if (here != null) {
      here.confirmed(ticks);
    }
  }

  @Override
  public boolean wanted() {
    return front.wanted();
  }
}
