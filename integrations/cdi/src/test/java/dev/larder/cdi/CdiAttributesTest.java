package dev.larder.cdi;

import dev.larder.annotations.AttributesContract;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** What each attribute does, in CDI. */
class CdiAttributesTest extends AttributesContract {
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
