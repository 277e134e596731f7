package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class InMemoryBareContractTest implements WholeContract {
  private final CacheFixture fixture = DiskFixture.inMemory().withoutCopies();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
