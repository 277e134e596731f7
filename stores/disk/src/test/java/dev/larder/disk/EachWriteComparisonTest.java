package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class EachWriteComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return DiskFixture.inMemory()
        .withoutCopies()
        .option("disk.durability", "each-write")
        .option("disk.access-times", "exact");
  }
}
