package dev.larder.tck.boot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with cached methods, which counts how often they really run. */
class Kitchen {

  /** The application. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableCaching
  static class App {
    @Bean
    Kitchen kitchen() {
      return new Kitchen();
    }
  }

  /** What the methods make, of a name; static, since a test cannot look behind a proxy. */
  static volatile Function<String, @Nullable Dish> recipe = Kitchen::numbered;

  static final AtomicInteger RUNS = new AtomicInteger();

  static Dish numbered(String name) {
    return new Dish(name, RUNS.get());
  }

  private static @Nullable Dish cooked(String name) {
    RUNS.incrementAndGet();
    return recipe.apply(name);
  }

  @Cacheable("dishes")
  public @Nullable Dish dish(String name) {
    return cooked(name);
  }

  @Cacheable("dishes")
  public @Nullable Dish mixed(String one, int other) {
    return cooked(one + other);
  }

  @Cacheable(value = "dishes", sync = true)
  public @Nullable Dish only(String name) {
    return cooked(name);
  }

  @Cacheable("dishes")
  public CompletableFuture<Dish> later(String name) {
    return CompletableFuture.completedFuture(cooked(name));
  }

  @CachePut(value = "dishes", key = "#dish.name")
  public Dish put(Dish dish) {
    return dish;
  }

  @CacheEvict("dishes")
  public void evict(String name) {}

  @CacheEvict(value = "dishes", allEntries = true)
  public void clear() {}

  @CacheResult(cacheName = "results")
  public @Nullable Dish result(String name) {
    return cooked(name);
  }

  @CacheRemove(cacheName = "results")
  public void remove(String name) {}

  @Cacheable("unheard-of")
  public @Nullable Dish inNoCache(String name) {
    return cooked(name);
  }
}
