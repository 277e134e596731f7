package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.reference.ComparisonContract;

class FileBareComparisonTest implements ComparisonContract {
  @Override
  public CacheFixture newFixture() {
    return DiskFixture.file().withoutCopies();
  }
}
