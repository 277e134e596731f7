package dev.larder.disk;

import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.WholeContract;

class FileBareContractTest implements WholeContract {
  private final CacheFixture fixture = DiskFixture.file().withoutCopies();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }
}
