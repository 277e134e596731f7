package dev.larder.engine;

import dev.larder.testkit.contract.SharedContract;
import dev.larder.testkit.contract.SharedFixture;

/**
 * Several managers over one far store. Its clients load each for themselves, so the contract of
 * loads over several managers is for stores with a server.
 */
class FarSharedContractTest implements SharedContract {
  private final EngineFixture fixture = EngineFixture.far();

  @Override
  public SharedFixture fixture() {
    return fixture;
  }
}
