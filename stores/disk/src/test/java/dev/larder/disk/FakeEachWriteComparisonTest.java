package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class FakeEachWriteComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return DiskFixture.fake().withoutCopies().option("disk.durability", "each-write");
  }
}
