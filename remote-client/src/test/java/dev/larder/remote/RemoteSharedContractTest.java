package dev.larder.remote;

import dev.larder.testkit.contract.SharedFixture;
import dev.larder.testkit.contract.SharedLoadContract;

/** Several managers over one server. */
class RemoteSharedContractTest implements SharedLoadContract {
  private final RemoteFixture fixture = RemoteFixture.driven();

  @Override
  public SharedFixture fixture() {
    return fixture;
  }
}
