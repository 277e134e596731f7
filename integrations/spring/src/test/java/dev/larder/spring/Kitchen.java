package dev.larder.spring;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bean with cached methods, which counts how often they really run. */
class Kitchen {
  final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

  /** What the methods do with their argument; a test may set something else. */
  Function<String, @Nullable Object> recipe = name -> "dish of " + name;

  @Nullable CompletableFuture<Object> pending;
  @Nullable Kitchen self;

  int runs(String method) {
    var counted = runs.get(method);
    return counted == null ? 0 : counted.get();
  }

  private @Nullable Object cooked(String method, String name) {
    runs.computeIfAbsent(method, first -> new AtomicInteger()).incrementAndGet();
    return recipe.apply(name);
  }

  @Cacheable("dishes")
  public @Nullable Object dish(String name) {
    return cooked("dish", name);
  }

  @Cacheable(value = "dishes", sync = true)
  public @Nullable Object onlyDish(String name) {
    return cooked("onlyDish", name);
  }

  @Cacheable(value = "menus", sync = true)
  public @Nullable Object menu(String first, String second) {
    return cooked("menu", first + " and " + second);
  }

  /** Calls itself through the cache, for the same key. */
  @Cacheable(value = "loops", sync = true)
  public @Nullable Object loop(String name) {
    return runs("loop") < 2 && self != null
        ? cooked("loop", name) + ", " + self.loop(name)
        : cooked("loop", name);
  }

  @Cacheable(value = "sums", sync = true)
  public long sum(int to) {
    cooked("sum", "");
    return to == 0 || self == null ? 0 : to + self.sum(to - 1);
  }

  @Cacheable("maybes")
  public Optional<Object> maybe(String name) {
    return Optional.ofNullable(cooked("maybe", name));
  }

  @Cacheable("futures")
  public CompletableFuture<Object> later(String name) {
    return future("later", name);
  }

  @Cacheable(value = "futures", sync = true)
  public CompletableFuture<Object> onlyLater(String name) {
    return future("onlyLater", name);
  }

  @Cacheable("monos")
  public Mono<Object> mono(String name) {
    return Mono.fromSupplier(() -> cooked("mono", name));
  }

  @Cacheable(value = "monos", sync = true)
  public Mono<Object> onlyMono(String name) {
    return Mono.defer(() -> Mono.fromFuture(future("onlyMono", name)));
  }

  @Cacheable("fluxes")
  public Flux<Object> flux(String name) {
    return Flux.defer(() -> Flux.just("first", Objects.requireNonNull(cooked("flux", name))));
  }

  private CompletableFuture<Object> future(String method, String name) {
    var made = cooked(method, name);
    return pending == null ? CompletableFuture.completedFuture(made) : pending;
  }

  @CachePut(value = "dishes", key = "#name")
  public Object put(String name, Object dish) {
    return dish;
  }

  @CacheEvict("dishes")
  public void evict(String name) {}

  @CacheEvict(value = "dishes", allEntries = true)
  public void clear() {}

  @CacheResult(cacheName = "results")
  public @Nullable Object result(String name) {
    return cooked("result", name);
  }

  @CacheRemove(cacheName = "results")
  public void remove(String name) {}

  @CacheEvict("results")
  public void evictResult(String name) {}

  @CachePut(value = "results", key = "#name")
  public Object putResult(String name, Object dish) {
    return dish;
  }
}
