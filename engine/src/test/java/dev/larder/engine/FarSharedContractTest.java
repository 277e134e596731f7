package dev.larder.engine;

import dev.larder.testkit.contract.SharedFixture;
import dev.larder.testkit.contract.SharedLoadContract;

/** Several managers over one far store. */
class FarSharedContractTest implements SharedLoadContract {
  private final EngineFixture fixture = EngineFixture.far();

  @Override
  public SharedFixture fixture() {
    return fixture;
  }
}
