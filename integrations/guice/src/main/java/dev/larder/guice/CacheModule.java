package dev.larder.guice;

import com.google.inject.AbstractModule;
import com.google.inject.matcher.Matchers;
import dev.larder.annotations.CacheMethods;
import javax.cache.CacheManager;

/**
 * Makes {@code @CacheResult}, {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}
 * work in an injector, over any JCache provider.
 *
 * <p>Caches are those of the {@link CacheManager} that the injector has a binding for without an
 * annotation; where it has none, those of the default manager of the default provider. The manager
 * is asked for when the first cache is needed, and is never closed here. Key generators and
 * resolver factories are made by the injector, once for each annotated method, so they may inject
 * what they need.
 *
 * <p>As everywhere in Guice, calls are intercepted on objects that the injector constructs: not on
 * those of {@code toInstance} and of {@code @Provides} methods. They are also intercepted when an
 * object calls its own annotated method. Methods that Guice cannot override (private, static,
 * final) are refused: for bound classes the making of the injector fails, for classes that it comes
 * upon later their first injection, with a message that names the method and what is allowed.
 *
 * <p>A key generator, resolver factory or manager that has annotated methods itself is an endless
 * circle.
 */
public final class CacheModule extends AbstractModule {

  /** To be installed, or given to {@code Guice.createInjector}. */
  public CacheModule() {}

  @Override
  protected void configure() {
    var beans = new InjectedBeans(getProvider(com.google.inject.Injector.class));
    var methods = CacheMethods.of(beans::manager, beans);
    bindListener(Matchers.any(), new CachedTypes(methods));
  }

  /** All are equal, so that Guice leaves out the second one of an injector. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CacheModule;
  }

  @Override
  public int hashCode() {
    return CacheModule.class.hashCode();
  }
}
