package dev.larder.testkit.reference;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.contract.CacheFixture;
import java.time.Duration;

final class ReferenceFixture implements CacheFixture {
  private final VirtualClock clock = new VirtualClock();

  @Override
  public <K, V> Cache<K, V> open(CacheSpec<K, V> spec) {
    return new ReferenceCache<>(spec, clock);
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public void advance(Duration step) {
    clock.advance(step);
  }

  @Override
  public void close() {}
}
