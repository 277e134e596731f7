package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class FakeBareContractTest implements WholeContract {
  private final CacheFixture fixture = DiskFixture.fake().withoutCopies();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
