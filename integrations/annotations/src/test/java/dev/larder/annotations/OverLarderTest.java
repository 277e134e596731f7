package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What methods over Larder's caches do better than over others. */
class OverLarderTest extends ContainerContract {
  private final ReflectiveContainer container = new ReflectiveContainer(this::manager);
  private Attributed methods;
  private Listing listing;

  interface Listing {
    List<String> list(String id, Callable<List<String>> how) throws Exception;
  }

  static class ListingMethods implements Listing {
    @CacheResult(cacheName = "lists")
    @Override
    public List<String> list(@CacheKey String id, Callable<List<String>> how) throws Exception {
      return how.call();
    }
  }

  @Override
  protected CacheManager manager() {
    return Providers.larder();
  }

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return container.managed(type, as);
  }

  @BeforeEach
  void begin() {
    methods = managed(AnnotatedMethods.class, Attributed.class);
    listing = managed(ListingMethods.class, Listing.class);
  }

  /** Forbidden: what was computed before a clear, by whomever, is found after it. */
  @Test
  void anyClearDuringAComputationWins() throws Exception {
    var other = Executors.newSingleThreadExecutor();
    try {
      var old =
          methods.named(
              "a",
              () -> {
                other.submit(() -> cache("values").clear()).get(60, TimeUnit.SECONDS);
                return "old";
              });
      assertEquals("old", old);
      assertEquals("new", methods.named("a", () -> "new"));
    } finally {
      other.shutdownNow();
    }
  }

  /** Forbidden: two containers of one process compute the same key at the same time. */
  @Test
  void containersOfOneProcessShareComputations() throws Exception {
    var second =
        new ReflectiveContainer(this::manager).managed(AnnotatedMethods.class, Attributed.class);
    var other = Executors.newSingleThreadExecutor();
    try {
      var result =
          methods.named(
              "a",
              () -> {
                var waiting = new java.util.concurrent.CompletableFuture<Thread>();
                var joined =
                    other.submit(
                        () -> {
                          waiting.complete(Thread.currentThread());
                          return second.named("a", () -> "second");
                        });
                var thread = waiting.get(60, TimeUnit.SECONDS);
                while (thread.getState() != Thread.State.WAITING && !joined.isDone()) {
                  Thread.onSpinWait();
                }
                return joined.isDone() ? joined.get() : "first";
              });
      assertEquals("first", result);
    } finally {
      other.shutdownNow();
    }
  }

  /** Forbidden: a caller changes what others are given. */
  @Test
  void valuesAreCopiedAsTheCacheWasConfigured() throws Exception {
    var own = new ArrayList<>(List.of("a"));
    var first = listing.list("a", () -> own);
    assertNotSame(own, first);
    own.add("b");
    first.add("c");
    assertEquals(List.of("a"), listing.list("a", () -> own));
  }

  @Test
  void generatedKeysAreImmutableAndNotCopied() throws Exception {
    methods.named("a", () -> "one");
    var key = cache("values").iterator().next().getKey();
    assertSame(key, cache("values").iterator().next().getKey());
  }
}
