package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class FakeComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return DiskFixture.fake();
  }
}
