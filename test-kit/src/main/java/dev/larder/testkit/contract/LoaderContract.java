package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Read-through by one thread. What several threads do is in {@link SingleFlightContract}. */
public interface LoaderContract extends CacheContract {

  @Test
  default void missingValueIsLoadedOnceAndStored() {
    var calls = new AtomicInteger();
    var cache = open(spec().loader(key -> key + calls.incrementAndGet()));
    assertEquals("k1", cache.get("k"));
    assertEquals("k1", cache.get("k"));
    assertTrue(cache.contains("k"));
    assertEquals(1, calls.get());
  }

  @Test
  default void presentValueIsNotLoaded() {
    var cache = open(spec().loader(key -> fail()));
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
    assertEquals("v", cache.get("k", key -> fail()));
    assertEquals(Map.of("k", "v"), cache.getAll(List.of("k")));
  }

  private static String fail() {
    throw new AssertionError("nobody asked for this load");
  }

  @Test
  default void loaderGivenAtTheCallIsUsed() {
    var cache = open();
    assertEquals("made of k", cache.get("k", key -> "made of " + key));
    assertEquals("made of k", cache.get("k"));
  }

  @Test
  default void loaderGivenAtTheCallComesBeforeThatOfTheCache() {
    var cache = open(spec().loader(key -> "by the cache"));
    assertEquals("by the call", cache.get("k", key -> "by the call"));
    assertEquals("by the cache", cache.get("l"));
  }

  @Test
  default void onlyReadsByKeyLoad() {
    var cache = open(spec().loader(key -> fail()));
    assertFalse(cache.contains("k"));
    cache.put("p", "v");
    assertTrue(cache.remove("p"));
    assertFalse(cache.remove("k"));
    assertFalse(cache.iterator().hasNext());
    assertNull(cache.asMap().get("k"));
    assertNull(cache.asMap().replace("k", "v"));
    assertEquals("set", cache.update("k", entry -> entry.exists() ? "there" : "set"));
  }

  @Test
  default void getAllLoadsWhatIsMissingInOneCall() {
    var asked = new ConcurrentLinkedQueue<Set<String>>();
    var cache = open(spec().loader(bulk(asked, Map.of("a", "1", "b", "2", "c", "3"))));
    cache.put("a", "there");
    assertEquals(Map.of("a", "there", "b", "2", "c", "3"), cache.getAll(List.of("a", "b", "c")));
    assertEquals(List.of(Set.of("b", "c")), List.copyOf(asked));
    assertTrue(cache.contains("b"));
    assertEquals(Map.of("b", "2"), cache.getAll(List.of("b")));
    assertEquals(1, asked.size());
  }

  /** A loader that has these entries and keeps which keys it was asked for at once. */
  private static CacheLoader<String, String> bulk(
      ConcurrentLinkedQueue<Set<String>> asked, Map<String, String> source) {
    return new CacheLoader<>() {
      @Override
      public String load(String key) {
        return fail();
      }

      @Override
      public Map<String, String> loadAll(Set<? extends String> keys) {
        asked.add(new TreeSet<>(keys));
        var loaded = new HashMap<>(source);
        loaded.put("not asked for", "x");
        return loaded;
      }
    };
  }

  @Test
  default void bulkLoadMayBringLessAndMoreThanAsked() {
    var asked = new ConcurrentLinkedQueue<Set<String>>();
    var cache = open(spec().loader(bulk(asked, Map.of("a", "1"))));
    assertEquals(Map.of("a", "1"), cache.getAll(List.of("a", "missing")));
    assertFalse(cache.contains("not asked for"));
    assertFalse(cache.contains("missing"));
  }

  @Test
  default void failureOfTheLoaderReachesTheCallerAndNothingIsStored() {
    var calls = new AtomicInteger();
    var cache =
        open(
            spec()
                .loader(
                    key -> {
                      if (calls.incrementAndGet() == 1) {
                        throw new IOException("the source is down");
                      }
                      return "v";
                    }));
    var thrown = fails(CacheLoadException.class, () -> cache.get("k"), "contract");
    CacheContract.causedBy("the source is down", thrown);
    assertFalse(cache.contains("k"));
    assertEquals("v", cache.get("k"));
  }

  @Test
  default void uncheckedFailureIsTheCauseAsItWasThrown() {
    var failure = new IllegalStateException("no");
    var cache = open();
    var thrown =
        assertThrows(
            CacheLoadException.class,
            () ->
                cache.get(
                    "k",
                    key -> {
                      throw failure;
                    }));
    assertSame(failure, thrown.getCause());
    assertEquals("v", cache.get("k", key -> "v"));
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  default void loaderThatReturnsNullIsNamed() {
    var cache = open(spec().loader(key -> null));
    fails(CacheLoadException.class, () -> cache.get("k"), "contract", "null");
    fails(CacheLoadException.class, () -> cache.get("k", key -> null), "null");
    assertFalse(cache.contains("k"));
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
  }

  @Test
  default void failureOfABulkLoadReachesTheCaller() {
    var cache =
        open(
            spec()
                .loader(
                    key -> {
                      throw new IOException("the source is down");
                    }));
    cache.put("there", "v");
    var thrown =
        assertThrows(CacheLoadException.class, () -> cache.getAll(List.of("there", "a", "b")));
    CacheContract.causedBy("the source is down", thrown);
    assertEquals("v", cache.get("there"));
    assertFalse(cache.contains("a"));
  }

  @Test
  default void loaderMayUseTheCacheForOtherKeys() {
    var cache = open();
    var value = cache.get("a", a -> "of " + cache.get("b", b -> "b"));
    assertEquals("of b", value);
    assertEquals("b", cache.get("b"));
    assertEquals(
        "c",
        cache.get(
            "c",
            c -> {
              cache.put("d", "written");
              return c;
            }));
    assertEquals("written", cache.get("d"));
  }

  @Test
  default void loadedValueIsNotWrittenThrough() {
    var writer = new Journal();
    var cache = open(spec().loader(key -> "v").writer(writer));
    assertEquals("v", cache.get("k"));
    assertEquals(Map.of("l", "v"), cache.getAll(List.of("l")));
    writer.expect();
  }
}
