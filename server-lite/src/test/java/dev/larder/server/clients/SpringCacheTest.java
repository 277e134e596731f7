package dev.larder.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.BatchStrategy;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The cache manager of Spring Data Redis as an application configures it, unchanged. */
class SpringCacheTest {
  private static RunningServer server;
  private static LettuceConnectionFactory lettuce;
  private static JedisConnectionFactory jedis;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
    lettuce = new LettuceConnectionFactory("127.0.0.1", server.respPort());
    lettuce.start();
    var where = new RedisStandaloneConfiguration("127.0.0.1", server.respPort());
    jedis = new JedisConnectionFactory(where);
    jedis.start();
  }

  @AfterAll
  static void stop() {
    lettuce.destroy();
    jedis.destroy();
    server.close();
  }

  @BeforeEach
  void empty() {
    try (var connection = lettuce.getConnection()) {
      connection.serverCommands().flushAll();
    }
  }

  static Stream<Arguments> setups() {
    return Stream.of(
        Arguments.of("Lettuce, KEYS", lettuce, BatchStrategies.keys()),
        Arguments.of("Lettuce, SCAN", lettuce, BatchStrategies.scan(10)),
        Arguments.of("Jedis, KEYS", jedis, BatchStrategies.keys()),
        Arguments.of("Jedis, SCAN", jedis, BatchStrategies.scan(10)));
  }

  private static Cache cache(
      RedisConnectionFactory connections, BatchStrategy clearing, String name, Duration ttl) {
    var writer =
        RedisCacheWriter.create(
            connections, settings -> settings.batchStrategy(clearing).immediateWrites());
    var manager =
        RedisCacheManager.builder(writer)
            .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(ttl))
            .build();
    manager.initializeCaches();
    var cache = manager.getCache(name);
    assertNotNull(cache);
    return cache;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void valuesGoInAndOut(String setup, RedisConnectionFactory connections, BatchStrategy clearing) {
    var cache = cache(connections, clearing, "shop", Duration.ofMinutes(5));
    assertNull(cache.get("a"));
    cache.put("a", "apple");
    assertEquals("apple", cache.get("a", String.class));
    cache.put("list", new ArrayList<>(List.of(1, 2)));
    assertEquals(List.of(1, 2), cache.get("list", ArrayList.class));
    try (var connection = connections.getConnection()) {
      var ttl = connection.keyCommands().ttl("shop::a".getBytes(StandardCharsets.UTF_8));
      assertNotNull(ttl);
      assertTrue(ttl > 290 && ttl <= 300, "ttl " + ttl);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void nullIsAValue(String setup, RedisConnectionFactory connections, BatchStrategy clearing) {
    var cache = cache(connections, clearing, "shop", Duration.ZERO);
    cache.put("nothing", null);
    var found = cache.get("nothing");
    assertNotNull(found);
    assertNull(found.get());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void putIfAbsentKeepsTheFirst(
      String setup, RedisConnectionFactory connections, BatchStrategy clearing) {
    for (var ttl : List.of(Duration.ZERO, Duration.ofMinutes(1))) {
      var cache = cache(connections, clearing, "absent" + ttl.toSeconds(), ttl);
      assertNull(cache.putIfAbsent("k", "first"));
      var present = cache.putIfAbsent("k", "second");
      assertNotNull(present);
      assertEquals("first", present.get());
      assertEquals("first", cache.get("k", String.class));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void clearingEmptiesThisCacheOnly(
      String setup, RedisConnectionFactory connections, BatchStrategy clearing) {
    var shop = cache(connections, clearing, "shop", Duration.ofMinutes(5));
    var other = cache(connections, clearing, "other", Duration.ofMinutes(5));
    for (var at = 0; at < 100; at++) {
      shop.put(at, "v" + at);
      other.put(at, "w" + at);
    }
    shop.clear();
    for (var at = 0; at < 100; at++) {
      assertNull(shop.get(at));
      assertEquals("w" + at, other.get(at, String.class));
    }
    other.evict(1);
    assertNull(other.get(1));
    assertTrue(other.evictIfPresent(2));
    assertTrue(!other.evictIfPresent(2));
    assertTrue(other.invalidate());
    assertTrue(!other.invalidate());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void anEntryExpires(String setup, RedisConnectionFactory connections, BatchStrategy clearing) {
    var cache = cache(connections, clearing, "short", Duration.ofMillis(50));
    cache.put("k", "v");
    Await.until("the entry expired", () -> cache.get("k") == null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void aLockingWriterLetsOneLoadAtATime(
      String setup, RedisConnectionFactory connections, BatchStrategy clearing) throws Exception {
    var writer = RedisCacheWriter.lockingRedisCacheWriter(connections, clearing);
    var manager = RedisCacheManager.builder(writer).build();
    var cache = manager.getCache("locked");
    assertNotNull(cache);
    var loads = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(4);
    try {
      var ends = new ArrayList<Future<String>>();
      for (var each = 0; each < 4; each++) {
        ends.add(threads.submit(() -> cache.get("k", () -> "load " + loads.incrementAndGet())));
      }
      for (var end : ends) {
        assertEquals("load 1", end.get(30, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
