package dev.larder.annotations;

import javax.cache.CacheManager;

/** Computing once over a provider that is none of ours. */
class ConcurrencyOverCache2kTest extends ConcurrencyContract {
  private final CacheManager manager = Providers.cache2k();
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
