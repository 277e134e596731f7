package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class EachWriteContractTest implements WholeContract {
  private final CacheFixture fixture =
      DiskFixture.inMemory()
          .withoutCopies()
          .option("disk.durability", "each-write")
          .option("disk.access-times", "exact");

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
