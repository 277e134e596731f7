package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;

/**
 * A list by time of use: a read or a write moves an entry to the front. Which end leaves is up to
 * the policy.
 */
abstract sealed class RecencyPolicy<E extends Element> extends ListPolicy<E>
    permits LruPolicy, MruPolicy {
  RecencyPolicy(long capacity) {
    super(1, capacity);
  }

  @Override
  public boolean recordsAccess(E entry) {
    return true;
  }

  @Override
  public boolean recordsUpdates() {
    return true;
  }

  @Override
  public void accessed(E entry) {
    renew(entry);
  }

  @Override
  public void updated(E entry, int weightBefore) {
    renew(entry);
  }
}
