package dev.larder.engine;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

/** The whole contract over a store that waits and holds only bytes. */
class FarContractTest implements WholeContract {
  private final EngineFixture fixture = EngineFixture.far();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
