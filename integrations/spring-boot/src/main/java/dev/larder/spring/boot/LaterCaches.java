package dev.larder.spring.boot;

import dev.larder.spring.LarderCacheManager;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;

/**
 * Has the caches measured that are made while the application runs: Spring Boot looks once, at the
 * start, when most of them are not there yet.
 *
 * @param beans where the managers are
 * @param measured whether a cache is measured already
 * @param bind measures a cache, under the name of its manager
 */
public record LaterCaches(
    ListableBeanFactory beans, Predicate<Cache> measured, BiConsumer<Cache, String> bind)
    implements SmartInitializingSingleton {
  private static final String SUFFIX = "cacheManager";

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, LarderCacheManager> managers = beans.getBeansOfType(LarderCacheManager.class);
    managers.forEach(this::watch);
  }

  private void watch(String bean, LarderCacheManager manager) {
    var name = name(bean);
    manager.addObserver(cache -> measure(cache, name));
    for (var each : manager.getCacheNames()) {
      var cache = manager.getCache(each);
      if (cache != null) {
        measure(cache, name);
      }
    }
  }

  private void measure(Cache cache, String manager) {
    if (!measured.test(cache)) {
      bind.accept(cache, manager);
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
