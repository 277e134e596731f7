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
  private final long maxStaleness;
  private volatile @Nullable TieredStore<K, V> tier;

  /** What was confirmed before there was a tier; guarded by this. */
  private @Nullable Long early;

  TierEvents(StoreEvents<K, V> front, long maxStaleness) {
    this.front = front;
    this.maxStaleness = maxStaleness;
  }

  synchronized void to(TieredStore<K, V> here) {
    tier = here;
    if (early != null) {
      here.confirmed(early);
    }
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
  public long maxStaleness() {
    return maxStaleness;
  }

  @Override
  public void confirmed(long ticks) {
    var here = tier;
    if (here == null) {
      here = late(ticks);
    }
    if (here != null) {
      here.confirmed(ticks);
    }
  }

  /** The tier, if it came meanwhile; else it finds the instant when it comes. */
  private synchronized @Nullable TieredStore<K, V> late(long ticks) {
    early = tier == null ? (Long) ticks : early;
    return tier;
  }

  @Override
  public boolean wanted() {
    return front.wanted();
  }
}
