package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class FakeContractTest implements WholeContract {
  private final CacheFixture fixture = DiskFixture.fake();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
