package dev.larder.remote;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

/** The whole contract over a server with copies in front. */
class NearContractTest implements WholeContract {
  private final RemoteFixture fixture = RemoteFixture.near();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
