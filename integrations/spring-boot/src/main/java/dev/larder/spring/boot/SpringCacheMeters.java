package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.micrometer.LarderMetrics;
import dev.larder.spring.LarderCacheManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The meters of {@link LarderMetrics} with the tags that Spring Boot gives those of all caches:
 * {@code name}, the name of the cache once more, and {@code cache.manager}. Managers over one
 * JCache manager have the same caches, which count for the first of them. Safe for all threads.
 */
final class SpringCacheMeters implements MeterBinder, AutoCloseable {
  private static final String SUFFIX = "cacheManager";

  private final ListableBeanFactory beans;
  private final List<LarderMetrics> bound = new CopyOnWriteArrayList<>();

  SpringCacheMeters(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    managers()
        .forEach(
            (larder, manager) -> {
              var metrics =
                  new LarderMetrics(
                      larder, cache -> Tags.of("name", cache, "cache.manager", manager));
              metrics.bindTo(registry);
              bound.add(metrics);
            });
  }

  /** Takes the meters out of their registries, which other contexts may have too. */
  @Override
  public void close() {
    bound.forEach(LarderMetrics::close);
    bound.clear();
  }

  private Map<Larder, String> managers() {
    var managers = new IdentityHashMap<Larder, String>();
    beans
        .getBeansOfType(LarderCacheManager.class)
        .forEach(
            (bean, manager) -> {
              var larder = larder(Objects.requireNonNull(manager.getCacheManager()));
              if (larder != null) {
                managers.putIfAbsent(larder, name(bean));
              }
            });
    return managers;
  }

  private static @Nullable Larder larder(CacheManager manager) {
    try {
      return manager.unwrap(Larder.class);
    } catch (IllegalArgumentException e) { // of another provider, which Spring Boot measures
      return null;
    }
  }

  /** As Spring Boot names managers: their beans' names without the word. */
  private static String name(String bean) {
    var rest = bean.length() - SUFFIX.length();
    return rest > 0 && bean.regionMatches(true, rest, SUFFIX, 0, SUFFIX.length())
        ? bean.substring(0, rest)
        : bean;
  }
}
