package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cache is closed while {@code loadAll} runs, for which nobody waits. Forbidden: the loader is
 * closed while it loads.
 */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
class LoadsAtCloseTest {
  private final Provided provided;
  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicReference<Runnable> work = new AtomicReference<>(() -> {});

  LoadsAtCloseTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  private final class Loader implements CacheLoader<String, Integer>, AutoCloseable {
    @Override
    public Integer load(String key) {
      return 1;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      begun.countDown();
      work.get().run();
      happened.add("loaded");
      return Map.of("k", 1);
    }

    @Override
    public void close() {
      happened.add("closed");
    }
  }

  private Cache<String, Integer> cache() {
    return provided.cache(
        "c",
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setCacheLoaderFactory(Loader::new));
  }

  @Test
  void aLoaderIsClosedWhenItHasLoaded() {
    var goesOn = new CompletableFuture<Void>();
    work.set(goesOn::join);
    var cache = cache();
    cache.loadAll(Set.of("k"), false, null);
    Actor.await(begun);
    var closing = Actor.run("closes", number -> cache.close());
    closing.awaitWaiting();
    assertEquals(List.of(), happened);
    goesOn.complete(null);
    closing.result();
    assertEquals(List.of("loaded", "closed"), happened);
  }

  @Test
  void aLoaderMayCloseItsCache() {
    var cache = cache();
    work.set(cache::close);
    cache.loadAll(Set.of("k"), false, null);
    Actor.await(begun);
    cache.close();
    assertTrue(cache.isClosed());
    assertTrue(happened.contains("closed"));
  }

  /** Forbidden: who destroys a cache keeps others from theirs while its loader loads. */
  @Test
  void othersCreateCachesWhileOneIsDestroyedThatLoads() {
    var goesOn = new CompletableFuture<Void>();
    work.set(goesOn::join);
    cache().loadAll(Set.of("k"), false, null);
    Actor.await(begun);
    var destroying = Actor.run("destroys", number -> provided.manager().destroyCache("c"));
    destroying.awaitWaiting();
    provided.cache("other", new MutableConfiguration<String, Integer>()).put("k", 2);
    assertEquals(List.of(), happened);
    goesOn.complete(null);
    destroying.result();
    assertEquals(List.of("loaded", "closed"), happened);
  }

  /** Forbidden: the two wait for each other. */
  @Test
  void aLoaderMayCloseAnotherCacheOfAManagerThatCloses() {
    var goesOn = new CompletableFuture<Void>();
    var other = provided.cache("other", new MutableConfiguration<String, Integer>());
    work.set(() -> goesOn.thenRun(other::close).join());
    cache().loadAll(Set.of("k"), false, null);
    Actor.await(begun);
    var closing = Actor.run("closes", number -> provided.manager().close());
    closing.awaitWaiting();
    goesOn.complete(null);
    closing.result();
    assertEquals(List.of("loaded", "closed"), happened);
  }

  @Test
  void aLoaderThatHangsIsWaitedForNoLongerThanThat() {
    var goesOn = new CompletableFuture<Void>();
    var underway = Underway.in("c");
    var loading =
        Actor.run(
            "loads",
            number ->
                underway.run(
                    () -> {
                      begun.countDown();
                      goesOn.join();
                    }));
    Actor.await(begun);
    Underway.await(List.of(Underway.in("idle"), underway), Duration.ofMillis(1));
    assertEquals(1, underway.runs().size());
    goesOn.complete(null);
    loading.result();
    assertEquals(Set.of(), underway.runs());
  }
}
