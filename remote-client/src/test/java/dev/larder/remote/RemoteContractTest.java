package dev.larder.remote;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

/** The whole contract over a server. */
class RemoteContractTest implements WholeContract {
  private final RemoteFixture fixture = RemoteFixture.bare();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
