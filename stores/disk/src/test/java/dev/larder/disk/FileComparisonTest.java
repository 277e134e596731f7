package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class FileComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return DiskFixture.file();
  }
}
