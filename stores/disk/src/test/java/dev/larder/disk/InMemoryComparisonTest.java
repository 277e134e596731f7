package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class InMemoryComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return DiskFixture.inMemory();
  }
}
