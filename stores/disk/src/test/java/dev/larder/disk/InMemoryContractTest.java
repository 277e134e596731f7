package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class InMemoryContractTest implements WholeContract {
  private final CacheFixture fixture = DiskFixture.inMemory();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
