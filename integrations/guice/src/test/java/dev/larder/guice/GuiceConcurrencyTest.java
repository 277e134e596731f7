package dev.larder.guice;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.larder.annotations.ConcurrencyContract;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** Callers of one key compute once, in Guice. */
class GuiceConcurrencyTest extends ConcurrencyContract {
  private final Injector injector = Guice.createInjector(new CacheModule());

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return as.cast(injector.getInstance(type));
  }

  @Override
  protected CacheManager manager() {
    return Caching.getCachingProvider().getCacheManager();
  }
}
