package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The place of a cache fails while it is closed. Forbidden: something else stays open for it. */
class FailingCloseTest {
  private final Provided provided = new Provided(CountedProvider.TOPOLOGY);
  private final List<String> closed = new ArrayList<>();

  @AfterEach
  void close() {
    provided.close();
  }

  private Cache<String, Integer> cache(String name) {
    class Loader implements CacheLoader<String, Integer>, AutoCloseable {
      @Override
      public Integer load(String key) {
        return 1;
      }

      @Override
      public java.util.Map<String, Integer> loadAll(Iterable<? extends String> keys) {
        return java.util.Map.of();
      }

      @Override
      public void close() {
        closed.add(name);
      }
    }
    return provided.cache(
        name,
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setCacheLoaderFactory(Loader::new));
  }

  @Test
  void theOtherCachesOfAManagerAreClosed() {
    var all = List.of(cache("a"), cache("b"), cache("c"));
    CountedProvider.breakClosing("a");
    CountedProvider.breakClosing("b");
    var thrown = assertThrows(CacheException.class, () -> provided.manager().close());
    assertTrue(String.valueOf(thrown.getMessage()).contains("cannot close"), thrown::toString);
    assertTrue(provided.manager().isClosed());
    assertTrue(all.stream().allMatch(Cache::isClosed));
    assertEquals(List.of("a", "b", "c"), closed.stream().sorted().toList());
  }

  @Test
  void theNameOfTheCacheIsFree() {
    var first = cache("a");
    CountedProvider.breakClosing("a");
    assertThrows(CacheException.class, first::close);
    assertEquals(List.of("a"), closed);
    assertNull(provided.manager().getCache("a", String.class, Integer.class));
    cache("a").put("k", 1);
  }

  @Test
  void theDataOfADestroyedCacheIsGone() {
    cache("a").put("k", 2);
    CountedProvider.breakClosing("a");
    assertThrows(CacheException.class, () -> provided.manager().destroyCache("a"));
    assertEquals(List.of("a"), closed);
    assertNull(cache("a").get("k"));
  }
}
