package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class FakeEachWriteContractTest implements WholeContract {
  private final CacheFixture fixture =
      DiskFixture.fake().withoutCopies().option("disk.durability", "each-write");

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
