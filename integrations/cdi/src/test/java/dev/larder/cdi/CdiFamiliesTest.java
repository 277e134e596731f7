package dev.larder.cdi;

import dev.larder.annotations.FamiliesContract;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** Methods that share a cache, in CDI. */
class CdiFamiliesTest extends FamiliesContract {
  private final ContractBeans beans = new ContractBeans();

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return beans.managed(type, as);
  }

  @Override
  protected CacheManager manager() {
    return Containers.defaultManager();
  }

  @AfterEach
  void close() {
    beans.close();
  }
}
