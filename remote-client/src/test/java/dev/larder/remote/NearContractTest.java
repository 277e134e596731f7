package dev.larder.remote;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

/**
 * The whole contract over a server with copies in front. Copies and the way to the server live by
 * the clock that the suites move, the network does not: so the fixture moves it in strides, and
 * waits after each until what is under way has come (marks, accesses). Nothing is left out.
 */
class NearContractTest implements WholeContract {
  private final RemoteFixture fixture = RemoteFixture.near();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
