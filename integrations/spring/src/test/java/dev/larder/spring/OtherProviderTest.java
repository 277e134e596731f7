package dev.larder.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Objects;
import org.jsr107.ri.spi.RICachingProvider;
import org.junit.jupiter.api.Test;
import org.springframework.cache.jcache.JCacheCache;

class OtherProviderTest {

  @Test
  void missingCachesAreMadeOverTheReferenceImplementationToo() {
    try (var provider = new RICachingProvider()) {
      var caches = new LarderCacheManager(provider.getCacheManager());
      caches.afterPropertiesSet();
      var cache = assertInstanceOf(JCacheCache.class, caches.getCache("any"));
      assertEquals("value", cache.get("key", () -> "value"));
      assertEquals("value", Objects.requireNonNull(cache.get("key")).get());
    }
  }
}
