package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.RecursiveUpdateException;
import dev.larder.testkit.Actor;
import dev.larder.testkit.LogCapture;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input and user code that fails: a clear message, and a cache that works on.
 *
 * <p>Longer than the house likes because every kind of user code has its own way to fail.
 */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
@SuppressWarnings("NullAway") // nulls where none may be are the point
class FailureTest {
  private final Provided provided;

  FailureTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  private static void assertNamed(String argument, Runnable call) {
    var refused = assertThrows(NullPointerException.class, call::run);
    assertTrue(
        String.valueOf(refused.getMessage()).contains(argument),
        () -> "does not name " + argument + ": " + refused.getMessage());
  }

  @Test
  void nullsAreRefusedByName() {
    var cache = provided.numbers();
    Map<String, Integer> nullValue = new HashMap<>();
    nullValue.put("k", null);
    Set<String> nullKey = new java.util.HashSet<>();
    nullKey.add(null);

    assertNamed("key", () -> cache.get(null));
    assertNamed("key", () -> cache.put(null, 1));
    assertNamed("value", () -> cache.put("k", null));
    assertNamed("value", () -> cache.putAll(nullValue));
    assertNamed("map", () -> cache.putAll(null));
    assertNamed("keys", () -> cache.getAll(null));
    assertNamed("key", () -> cache.getAll(nullKey));
    assertNamed("keys", () -> cache.removeAll(null));
    assertNamed("key", () -> cache.loadAll(nullKey, false, null));
    assertNamed("value", () -> cache.replace("k", null, 1));
    assertNamed("entryProcessor", () -> cache.invoke("k", null));
    assertNamed("configuration", () -> cache.registerCacheEntryListener(null));
    assertNamed(
        "cacheName", () -> provided.manager().createCache(null, new MutableConfiguration<>()));
    assertNamed("keyType", () -> provided.manager().getCache("numbers", null, Integer.class));
    assertFalse(cache.iterator().hasNext());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void keysAndValuesOfOtherTypesAreRefusedWithBothTypes() {
    Cache raw = provided.numbers();

    var key = assertThrows(ClassCastException.class, () -> raw.put(1, 1));
    var value = assertThrows(ClassCastException.class, () -> raw.put("k", "one"));

    assertTrue(String.valueOf(key.getMessage()).contains("java.lang.String"), key.getMessage());
    assertTrue(String.valueOf(value.getMessage()).contains("java.lang.Integer"));
    assertFalse(raw.containsKey("k"));
  }

  @Test
  void anUnknownCacheNameIsRefusedWithTheKnownOnes() {
    provided.numbers();

    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> provided.manager().enableStatistics("numbrs", true));

    assertTrue(String.valueOf(refused.getMessage()).contains("[numbers]"), refused.getMessage());
  }

  /** Loads what it is told to, or throws. */
  private record Loading(java.util.function.Function<String, Integer> function)
      implements CacheLoader<String, Integer> {
    @Override
    public Integer load(String key) {
      return function.apply(key);
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      var loaded = new HashMap<String, Integer>();
      keys.forEach(key -> loaded.put(key, function.apply(key)));
      return loaded;
    }
  }

  private Cache<String, Integer> loading(java.util.function.Function<String, Integer> function) {
    return provided.cache(
        "loading",
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(() -> new Loading(function)));
  }

  @Test
  void aLoaderThatThrowsReachesTheCallerWithItsCauseAndNothingIsStored() {
    var broken = new UnsupportedOperationException("no database");
    var failing = new AtomicInteger(4);
    var cache =
        loading(
            key -> {
              if (failing.getAndDecrement() > 0) {
                throw broken;
              }
              return 7;
            });

    assertSame(broken, assertThrows(CacheLoaderException.class, () -> cache.get("k")).getCause());
    assertSame(
        broken,
        assertThrows(CacheLoaderException.class, () -> cache.getAll(Set.of("k"))).getCause());
    assertSame(
        broken,
        assertThrows(
                CacheLoaderException.class,
                () -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
            .getCause());
    assertThrows(CacheLoaderException.class, () -> cache.get("other"));
    assertFalse(cache.containsKey("k"));
    assertEquals(7, cache.get("k"));
  }

  @Test
  void aLoaderThatFindsNothingGivesNull() {
    var cache = loading(key -> null);

    assertNull(cache.get("k"));
    assertEquals(Map.of(), cache.getAll(Set.of("k")));
    assertFalse(cache.containsKey("k"));
  }

  @Test
  void aLoaderThatAsksForItsOwnKeyIsToldSo() {
    var self = new AtomicReference<Cache<String, Integer>>();
    self.set(loading(key -> self.get().get(key)));

    var refused = assertThrows(CacheLoaderException.class, () -> self.get().get("k"));

    assertTrue(String.valueOf(refused.getMessage()).contains("waits for itself"));
  }

  @Test
  void loadAllCompletesOnceWithTheFailureOrWithout() {
    var completions = new AtomicInteger();
    var failure = new AtomicReference<Exception>();
    var over = new CountDownLatch(2);
    var listener =
        new CompletionListener() {
          @Override
          public void onCompletion() {
            completions.incrementAndGet();
            over.countDown();
          }

          @Override
          public void onException(Exception e) {
            failure.set(e);
            over.countDown();
          }
        };
    var cache =
        loading(
            key -> {
              if (key.equals("bad")) {
                throw new IllegalStateException("bad key");
              }
              return 1;
            });

    cache.loadAll(Set.of("a", "b"), false, listener);
    cache.loadAll(Set.of("c", "bad"), false, listener);
    Actor.await(over);

    assertEquals(1, completions.get());
    assertInstanceOf(CacheLoaderException.class, failure.get());
    assertEquals(Map.of("a", 1, "b", 1), present(cache, Set.of("a", "b", "bad")));
  }

  private static Map<String, Integer> present(Cache<String, Integer> cache, Set<String> keys) {
    var found = new HashMap<String, Integer>();
    keys.stream().filter(cache::containsKey).forEach(key -> found.put(key, cache.get(key)));
    return found;
  }

  @Test
  void aProcessorThatThrowsChangesNothingAndIsTheCause() {
    var cache = provided.numbers();
    cache.put("k", 1);
    var broken = new IllegalArgumentException("no");

    var thrown =
        assertThrows(
            EntryProcessorException.class,
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue(2);
                      throw broken;
                    }));

    assertSame(broken, thrown.getCause());
    assertEquals(1, cache.get("k"));
  }

  @Test
  void invokeAllGivesAResultOrFailureForEachKey() {
    var cache = provided.numbers();
    cache.putAll(Map.of("a", 1, "b", 2));

    var results =
        cache.<Integer>invokeAll(
            Set.of("a", "b", "none"),
            (entry, arguments) -> {
              if (entry.getKey().equals("b")) {
                throw new IllegalStateException("not b");
              }
              return entry.exists() ? entry.getValue() : null;
            });

    assertEquals(Set.of("a", "b"), results.keySet());
    assertEquals(1, results.get("a").get());
    assertThrows(EntryProcessorException.class, () -> results.get("b").get());
  }

  @Test
  void aProcessorThatUsesItsOwnKeyIsToldSoAndTheCacheWorksOn() {
    var cache = provided.numbers();

    var thrown =
        assertThrows(
            CacheException.class,
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      cache.put("k", 2);
                      return 1;
                    }));

    assertInstanceOf(RecursiveUpdateException.class, thrown.getCause());
    cache.put("k", 3);
    assertEquals(3, cache.get("k"));
  }

  @Test
  void anEntryIsOnlyValidInsideItsProcessor() {
    var cache = provided.numbers();
    var kept = new AtomicReference<javax.cache.processor.MutableEntry<String, Integer>>();
    cache.invoke(
        "k",
        (entry, arguments) -> {
          kept.set(entry);
          return 1;
        });

    assertThrows(IllegalStateException.class, () -> kept.get().setValue(2));
    assertFalse(cache.containsKey("k"));
  }

  /** Writes to a map, but not one key. */
  private static final class Writing implements CacheWriter<String, Integer> {
    private final Map<String, Integer> written = new LinkedHashMap<>();

    @Override
    public synchronized void write(Cache.Entry<? extends String, ? extends Integer> entry) {
      refuse(entry.getKey());
      written.put(entry.getKey(), entry.getValue());
    }

    private static void refuse(Object key) {
      if (key.equals("bad")) {
        throw new IllegalStateException("will not write " + key);
      }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      for (var each = entries.iterator(); each.hasNext(); each.remove()) {
        write(each.next());
      }
    }

    @Override
    public synchronized void delete(Object key) {
      refuse(key);
      written.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (var each = keys.iterator(); each.hasNext(); each.remove()) {
        delete(each.next());
      }
    }
  }

  private Cache<String, Integer> writing(CacheWriter<String, Integer> writer) {
    return provided.cache(
        "writing",
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setWriteThrough(true)
            .setCacheWriterFactory(() -> writer));
  }

  @Test
  void aWriterThatThrowsLeavesTheCacheAsItWas() {
    var cache = writing(new Writing());

    var thrown = assertThrows(CacheWriterException.class, () -> cache.put("bad", 1));

    assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertThrows(CacheWriterException.class, () -> cache.getAndPut("bad", 1));
    assertThrows(CacheWriterException.class, () -> cache.putIfAbsent("bad", 1));
    assertThrows(CacheWriterException.class, () -> cache.remove("bad"));
    assertThrows(
        CacheWriterException.class,
        () ->
            cache.invoke(
                "bad",
                (entry, arguments) -> {
                  entry.setValue(1);
                  return 1;
                }));
    assertFalse(cache.containsKey("bad"));
    cache.put("good", 1);
    assertEquals(1, cache.get("good"));
  }

  @Test
  void aBulkWriteThatFailsHalfWayCachesExactlyWhatWasWritten() {
    var writer = new Writing();
    var cache = writing(writer);

    assertThrows(
        CacheWriterException.class, () -> cache.putAll(Map.of("a", 1, "bad", 2, "c", 3, "d", 4)));

    assertEquals(writer.written, present(cache, Set.of("a", "bad", "c", "d")));
  }

  @Test
  void aBulkWriterThatReturnsHasWrittenEverythingThoughItEmptiedNothing() {
    var lazy =
        new CacheWriter<String, Integer>() {
          @Override
          public void write(Cache.Entry<? extends String, ? extends Integer> entry) {}

          @Override
          public void writeAll(
              Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {}

          @Override
          public void delete(Object key) {}

          @Override
          public void deleteAll(Collection<?> keys) {}
        };
    var cache = writing(lazy);
    var all = Map.of("a", 1, "b", 2);

    cache.putAll(all);
    assertEquals(all, present(cache, all.keySet()));
    cache.removeAll(all.keySet());
    assertEquals(Map.of(), present(cache, all.keySet()));
  }

  private static void listen(
      Cache<String, Integer> cache,
      javax.cache.configuration.Factory<
              ? extends javax.cache.event.CacheEntryListener<String, Integer>>
          listener,
      boolean synchronous) {
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(listener, null, false, synchronous));
  }

  @Test
  void aSynchronousListenerThatThrowsReachesTheCallerAndTheChangeStays() {
    var cache = provided.numbers();
    CacheEntryCreatedListener<String, Integer> broken =
        events -> {
          throw new IllegalStateException("listener");
        };
    listen(cache, () -> broken, true);

    var thrown = assertThrows(CacheEntryListenerException.class, () -> cache.put("k", 1));

    assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertEquals(1, cache.get("k"));
    cache.put("k", 2);
    assertEquals(2, cache.get("k"));
  }

  @Test
  void aListenerThatThrowsAnErrorDoesNotBlockTheEventsAfterIt() {
    var cache = provided.numbers();
    CacheEntryRemovedListener<String, Integer> broken =
        events -> {
          throw new AssertionError("listener");
        };
    var told = new Told<String, Integer>();
    cache.registerCacheEntryListener(told.synchronous());
    listen(cache, () -> broken, true);
    cache.put("k", 1);

    assertThrows(AssertionError.class, () -> cache.remove("k"));
    cache.put("k", 2);

    assertEquals(List.of(1, 1, 2), told.events().stream().map(Told.Event::value).toList());
  }

  @Test
  void anExpiryPolicyThatThrowsIsLoggedOnceAndTheDefaultHolds() {
    var broken =
        new ExpiryPolicy() {
          @Override
          public Duration getExpiryForCreation() {
            throw new IllegalStateException("expiry");
          }

          @Override
          public Duration getExpiryForAccess() {
            throw new IllegalStateException("expiry");
          }

          @Override
          public Duration getExpiryForUpdate() {
            throw new IllegalStateException("expiry");
          }
        };
    var cache =
        provided.cache(
            "expiring",
            new MutableConfiguration<String, Integer>().setExpiryPolicyFactory(() -> broken));
    try (var log = new LogCapture("dev.larder.jcache")) {
      cache.put("k", 1);
      cache.put("k", 2);

      assertEquals(2, cache.get("k"));
      assertEquals(1, log.count("the expiry policy threw"));
    }
  }

  @Test
  void valuesThatCannotBeCopiedAreRefusedByType() {
    var cache = provided.cache("objects", new MutableConfiguration<String, Object>());

    var refused = assertThrows(CacheException.class, () -> cache.put("k", new Object()));

    assertTrue(
        String.valueOf(refused.getMessage()).contains("java.lang.Object"), refused.getMessage());
    assertFalse(cache.containsKey("k"));
  }
}
