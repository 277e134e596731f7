package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import dev.larder.annotations.Beans;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;

/** What annotations name by class, and the manager, from the container where it has them. */
final class ContainerBeans implements Beans {
  private static final Beans CONSTRUCTED = Beans.constructed();

  /** Of what nobody but this extension holds: it lives as long as the container. */
  private final List<CreationalContext<?>> contexts = new ArrayList<>();

  private @Nullable BeanManager container;

  void use(BeanManager manager) {
    container = manager;
  }

  @Override
  public <T> T get(Class<T> type) {
    var bean = resolve(type);
    return bean == null ? CONSTRUCTED.get(type) : reference(bean, type);
  }

  CacheManager manager() {
    var bean = resolve(CacheManager.class);
    return bean == null
        ? Caching.getCachingProvider().getCacheManager()
        : reference(bean, CacheManager.class);
  }

  /** Throws when several beans could be the manager. */
  void resolveManager() {
    resolve(CacheManager.class);
  }

  synchronized void release() {
    contexts.forEach(CreationalContext::release);
    contexts.clear();
  }

  private @Nullable Bean<?> resolve(Class<?> type) {
    var manager = container();
    return manager.resolve(manager.getBeans(type));
  }

  private <T> T reference(Bean<?> bean, Class<T> type) {
    var manager = container();
    var context = manager.createCreationalContext(bean);
    if (bean.getScope().equals(Dependent.class)) {
      keep(context);
    }
    return type.cast(manager.getReference(bean, type, context));
  }

  private synchronized void keep(CreationalContext<?> context) {
    contexts.add(context);
  }

  private BeanManager container() {
    return requireNonNull(container, "the container has not begun to look for beans");
  }
}
