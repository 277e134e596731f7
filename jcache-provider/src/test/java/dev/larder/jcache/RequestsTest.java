package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The column of requests in docs/jcache-mapping.md. */
class RequestsTest {
  private final Provided provided = new Provided(CountedProvider.TOPOLOGY);
  private Cache<String, Integer> plain = provided.numbers();
  private Cache<String, Integer> guarded = plain;

  /** Never changes a deadline once there is one. */
  private static final class Own implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ONE_DAY;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }

  @BeforeEach
  void open() {
    guarded =
        provided.cache(
            "guarded",
            new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setExpiryPolicyFactory(Own::new));
    plain.put("here", 1);
    guarded.put("here", 1);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  private interface Call {
    void on(Cache<String, Integer> cache) throws Exception;
  }

  private void assertCosts(int asData, int asUserCode, Call call) {
    assertEquals(asData, requests(plain, call), "plain");
    assertEquals(asUserCode, requests(guarded, call), "guarded");
  }

  private static int requests(Cache<String, Integer> cache, Call call) {
    CountedProvider.requests();
    try {
      call.on(cache);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return CountedProvider.requests();
  }

  @Test
  void readsCostOne() {
    assertCosts(1, 1, cache -> cache.get("here"));
    assertCosts(1, 1, cache -> cache.get("absent"));
    assertCosts(1, 1, cache -> cache.containsKey("here"));
    assertCosts(1, 1, cache -> cache.getAll(Set.of("here", "absent", "other")));
  }

  @Test
  void writesOfOneKeyCostOneOrALease() {
    assertCosts(1, 2, cache -> cache.put("k", 1));
    assertCosts(1, 2, cache -> cache.getAndPut("k", 2));
    assertCosts(1, 2, cache -> cache.putIfAbsent("k", 3));
    assertCosts(1, 2, cache -> cache.replace("k", 4));
    assertCosts(1, 2, cache -> cache.getAndReplace("k", 5));
    assertCosts(1, 2, cache -> cache.remove("k"));
    assertCosts(1, 2, cache -> cache.getAndRemove("k"));
  }

  @Test
  void comparingCostsALookMore() {
    assertCosts(2, 2, cache -> cache.replace("here", 1, 2));
    assertCosts(2, 2, cache -> cache.replace("here", 1, 3));
    assertCosts(1, 2, cache -> cache.replace("absent", 1, 2));
    assertCosts(2, 2, cache -> cache.remove("here", 2));
    assertCosts(1, 2, cache -> cache.remove("absent", 2));
  }

  @Test
  void bulkWritesCostOneOrALeaseEach() {
    assertCosts(1, 6, cache -> cache.putAll(Map.of("a", 1, "b", 2, "c", 3)));
    assertCosts(1, 6, cache -> cache.removeAll(Set.of("a", "b", "c")));
    assertCosts(1, 1, Cache::clear);
  }

  @Test
  void processorsCostALease() {
    assertCosts(2, 2, cache -> cache.invoke("here", (entry, arguments) -> entry.getValue()));
    assertCosts(
        4, 4, cache -> cache.invokeAll(Set.of("a", "b"), (entry, arguments) -> entry.exists()));
  }

  @Test
  void walkingCostsAPageEachAndATouchWhereReadsMoveDeadlines() {
    var many = IntStream.range(0, 300).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i));
    plain.putAll(many);
    assertEquals(2, requests(plain, RequestsTest::walk));
    assertEquals(4, requests(plain, Cache::removeAll));

    var touched =
        provided.cache(
            "touched",
            new MutableConfiguration<String, Integer>()
                .setExpiryPolicyFactory(
                    TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1))));
    touched.put("a", 1);
    touched.put("b", 2);
    assertEquals(3, requests(touched, RequestsTest::walk));
  }

  private static void walk(Cache<String, Integer> cache) {
    cache.iterator().forEachRemaining(entry -> {});
  }

  @Test
  void synchronousListenersHaveBulkWritesGoKeyByKey() {
    plain.registerCacheEntryListener(new Told<String, Integer>().synchronous());

    assertEquals(3, requests(plain, cache -> cache.putAll(Map.of("a", 1, "b", 2, "c", 3))));
    assertEquals(1, requests(plain, cache -> cache.put("a", 2)));
  }

  @Test
  void loadsCostALookAndAFill() {
    var loader =
        new CacheLoader<String, Integer>() {
          @Override
          public Integer load(String key) {
            return 1;
          }

          @Override
          public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            var loaded = new HashMap<String, Integer>();
            keys.forEach(key -> loaded.put(key, 1));
            return loaded;
          }
        };
    var loading =
        provided.cache(
            "loading",
            new MutableConfiguration<String, Integer>()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> loader));

    assertEquals(3, requests(loading, cache -> cache.get("a")));
    assertEquals(1, requests(loading, cache -> cache.get("a")));
    assertEquals(5, requests(loading, cache -> cache.getAll(Set.of("a", "b", "c"))));
    assertEquals(4, requests(loading, cache -> loadAll(cache, true)));
    assertEquals(2, requests(loading, cache -> loadAll(cache, false)));
  }

  private static void loadAll(Cache<String, Integer> cache, boolean anew) throws Exception {
    var future = new CompletionListenerFuture();
    cache.loadAll(Set.of("a", "b"), anew, future);
    future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void destroyingCostsOneAndClosingNone() {
    assertEquals(0, requests(plain, Cache::close));
    assertEquals(1, requests(guarded, cache -> provided.manager().destroyCache("guarded")));
  }
}
