package dev.larder.remote;

import dev.larder.testkit.contract.AsyncContract;
import dev.larder.testkit.contract.AsyncLoadContract;
import dev.larder.testkit.contract.AtomicUpdateContract;
import dev.larder.testkit.contract.BadInputContract;
import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.ConcurrencyContract;
import dev.larder.testkit.contract.ConditionalContract;
import dev.larder.testkit.contract.LoaderContract;
import dev.larder.testkit.contract.ReadWriteContract;
import dev.larder.testkit.contract.WriterContract;

/**
 * The contract over a server with copies in front, but for the suites that move the clock: the way
 * to the server lives by the same one, and takes a leap of it, while marks and accesses are on
 * their way, for a server that does not answer.
 */
class NearContractTest
    implements ReadWriteContract,
        ConditionalContract,
        LoaderContract,
        WriterContract,
        AsyncContract,
        AsyncLoadContract,
        BadInputContract,
        ConcurrencyContract,
        AtomicUpdateContract {
  private final RemoteFixture fixture = RemoteFixture.near();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
