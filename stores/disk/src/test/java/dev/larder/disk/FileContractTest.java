package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class FileContractTest implements WholeContract {
  private final CacheFixture fixture = DiskFixture.file();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
