package dev.larder.annotations;

import javax.cache.CacheManager;

/** Computing once over Larder's own provider, in memory. */
class ConcurrencyOverLarderTest extends ConcurrencyContract {
  private final CacheManager manager = Providers.larder();
  private final ReflectiveContainer container = new ReflectiveContainer(this::manager);

  @Override
  protected CacheManager manager() {
    return manager;
  }

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return container.managed(type, as);
  }
}
