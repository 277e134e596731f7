package dev.larder.engine;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class FarComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return EngineFixture.far();
  }
}
