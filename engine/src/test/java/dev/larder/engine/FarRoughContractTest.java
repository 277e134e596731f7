package dev.larder.engine;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.ListenerContract;
import dev.larder.testkit.contract.StatisticsContract;
import dev.larder.testkit.contract.WriterContract;

/** What has to do with events, over a far store that repeats and reorders them. */
class FarRoughContractTest implements ListenerContract, StatisticsContract, WriterContract {
  private final EngineFixture fixture = EngineFixture.farAndRough();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
