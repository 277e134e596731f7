package dev.larder.engine;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

/** The whole contract, in memory. */
class MemoryContractTest implements WholeContract {
  private final EngineFixture fixture = EngineFixture.inMemory();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
