package dev.larder.tck.annotations.guice;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.larder.guice.CacheModule;
import javax.cache.annotation.BeanProvider;

/** Gives the TCK the beans of an injector. */
public final class GuiceBeans implements BeanProvider {
  private final Injector injector = Guice.createInjector(new CacheModule());

  @Override
  public <T> T getBeanByType(Class<T> beanClass) {
    return injector.getInstance(beanClass);
  }
}
