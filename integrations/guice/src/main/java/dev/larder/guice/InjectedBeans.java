package dev.larder.guice;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import dev.larder.annotations.Beans;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** What annotations name by class, made by the injector once there is one. */
final class InjectedBeans implements Beans {
  private final Provider<Injector> injector;

  InjectedBeans(Provider<Injector> injector) {
    this.injector = injector;
  }

  @Override
  public <T> T get(Class<T> type) {
    return injector.get().getInstance(type);
  }

  /**
   * The manager that is bound, else the default one. Only existing bindings are looked at: a
   * manager is an interface, which Guice would complain that it cannot make.
   */
  CacheManager manager() {
    var bound = injector.get().getExistingBinding(Key.get(CacheManager.class));
    return bound == null
        ? Caching.getCachingProvider().getCacheManager()
        : bound.getProvider().get();
  }
}
