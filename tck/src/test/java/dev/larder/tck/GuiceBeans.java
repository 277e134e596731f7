package dev.larder.tck;

import com.google.inject.Guice;
import dev.larder.guice.CacheModule;
import javax.cache.annotation.BeanProvider;

/**
 * Gives the TCK beans with annotated methods, so that its 12 tests of annotations run on every
 * topology. The modules beside this one run them in the other containers.
 */
public final class GuiceBeans implements BeanProvider {
  @Override
  public <T> T getBeanByType(Class<T> beanClass) {
    // Anew each time: between two of these classes other tests close the manager.
    return Guice.createInjector(new CacheModule()).getInstance(beanClass);
  }
}
