package dev.larder.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyScanArgs;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lettuce as an application uses it, unchanged. */
class LettuceTest {
  private static RunningServer server;
  private static RedisClient resp2;
  private static RedisClient resp3;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
    resp2 = client(ProtocolVersion.RESP2);
    resp3 = client(ProtocolVersion.RESP3);
  }

  private static RedisClient client(ProtocolVersion version) {
    var client = RedisClient.create(RedisURI.create("127.0.0.1", server.respPort()));
    client.setOptions(ClientOptions.builder().protocolVersion(version).build());
    return client;
  }

  @AfterAll
  static void stop() {
    resp2.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    resp3.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    server.close();
  }

  @BeforeEach
  void empty() {
    try (var connection = resp2.connect()) {
      connection.sync().flushall();
    }
  }

  private static StatefulRedisConnection<String, String> connect(ProtocolVersion version) {
    return (version == ProtocolVersion.RESP2 ? resp2 : resp3).connect();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void commandsOneByOne(ProtocolVersion version) {
    try (var connection = connect(version)) {
      var redis = connection.sync();
      assertEquals("OK", redis.set("k", "v", SetArgs.Builder.ex(100).nx()));
      assertNull(redis.set("k", "w", SetArgs.Builder.nx()));
      assertEquals("v", redis.get("k"));
      assertTrue(redis.ttl("k") > 90);
      assertEquals(
          List.of(KeyValue.just("k", "v"), KeyValue.empty("absent")), redis.mget("k", "absent"));
      assertEquals(2, redis.incrby("n", 2));
      assertEquals(2.5, redis.incrbyfloat("n", 0.5));
      assertEquals(2, redis.del("k", "n", "absent"));
      assertEquals(0, redis.dbsize());
      redis.set("t", "text");
      var thrown = assertThrows(RedisCommandExecutionException.class, () -> redis.incr("t"));
      assertEquals("ERR value is not an integer or out of range", thrown.getMessage());
      assertTrue(redis.info().contains("redis_version"), redis.info());
      assertTrue(redis.clientList().contains("id="), redis.clientList());
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void commandsWithoutWaiting(ProtocolVersion version) {
    try (var connection = connect(version)) {
      var futures = new ArrayList<RedisFuture<Long>>();
      for (var at = 0; at < 5_000; at++) {
        futures.add(connection.async().incr("n"));
      }
      assertTrue(
          LettuceFutures.awaitAll(Duration.ofSeconds(30), futures.toArray(new RedisFuture<?>[0])));
      for (var at = 0; at < futures.size(); at++) {
        assertEquals(at + 1, futures.get(at).toCompletableFuture().join());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void commandsSentTogether(ProtocolVersion version) throws Exception {
    try (var connection = connect(version)) {
      connection.setAutoFlushCommands(false);
      var set = connection.async().set("k", "v");
      var got = connection.async().get("k");
      var wrong = connection.async().incr("k");
      var last = connection.async().strlen("k");
      connection.flushCommands();
      assertEquals("OK", set.get(10, TimeUnit.SECONDS));
      assertEquals("v", got.get(10, TimeUnit.SECONDS));
      assertThrows(Exception.class, () -> wrong.get(10, TimeUnit.SECONDS));
      assertEquals(1, last.get(10, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void transactionsAndWatches(ProtocolVersion version) {
    try (var connection = connect(version);
        var other = connect(version)) {
      var redis = connection.sync();
      redis.multi();
      assertNull(redis.set("a", "1")); // queued
      assertNull(redis.incr("a"));
      var done = redis.exec();
      assertEquals("OK", done.get(0));
      assertEquals(2L, (Long) done.get(1));
      redis.watch("a");
      other.sync().set("a", "5");
      redis.multi();
      redis.set("a", "9");
      assertTrue(redis.exec().wasDiscarded());
      assertEquals("5", redis.get("a"));
    }
  }

  @Test
  void aScanFindsEveryKeyOnce() {
    try (var connection = connect(ProtocolVersion.RESP3)) {
      var redis = connection.sync();
      var expected = new HashSet<String>();
      for (var at = 0; at < 500; at++) {
        redis.set("scan:" + at, "v");
        redis.set("other:" + at, "v");
        expected.add("scan:" + at);
      }
      var found = new ArrayList<String>();
      var args = KeyScanArgs.Builder.matches("scan:*").limit(50);
      ScanIterator.scan(redis, args).forEachRemaining(found::add);
      assertEquals(500, found.size());
      assertEquals(expected, new HashSet<>(found));
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void keyspaceEventsComeToSubscribers(ProtocolVersion version) throws InterruptedException {
    var told = new LinkedBlockingQueue<String>();
    try (var subscriber = (version == ProtocolVersion.RESP2 ? resp2 : resp3).connectPubSub();
        var connection = connect(version)) {
      server.tellEvents(connection);
      subscriber.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              told.add(channel + " " + message);
            }
          });
      subscriber.sync().subscribe("__keyspace@0__:k");
      connection.sync().set("k", "v");
      assertEquals("__keyspace@0__:k set", told.poll(10, TimeUnit.SECONDS));
      connection.sync().expire("k", 100);
      assertEquals("__keyspace@0__:k expire", told.poll(10, TimeUnit.SECONDS));
      connection.sync().del("k");
      assertEquals("__keyspace@0__:k del", told.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void theClientSideCacheSeesChangesOfOthers() {
    changesBecomeVisible(TrackingArgs.Builder.enabled());
  }

  @Test
  void theClientSideCacheSeesChangesOfOthersInBroadcastMode() {
    changesBecomeVisible(TrackingArgs.Builder.enabled().bcast().prefixes("k"));
  }

  private static void changesBecomeVisible(TrackingArgs tracking) {
    var copies = new ConcurrentHashMap<String, String>();
    try (var connection = resp3.connect();
        var other = resp2.connect()) {
      var cache = ClientSideCaching.enable(CacheAccessor.forMap(copies), connection, tracking);
      var redis = other.sync();
      for (var round = 0; round < 100; round++) {
        var key = "k" + round % 7;
        var value = "v" + round;
        redis.set(key, value);
        Await.until(key + " is " + value, () -> value.equals(cache.get(key)));
        assertEquals(value, copies.get(key));
      }
      redis.del("k1");
      Await.until("k1 is gone", () -> cache.get("k1") == null);
      redis.set("k2", "short", SetArgs.Builder.px(20));
      Await.until("k2 is there or gone again", () -> !"v93".equals(cache.get("k2")));
      Await.until("k2 expired", () -> cache.get("k2") == null);
      // Not asked for: FLUSHALL. Lettuce passes over the word that everything is invalid.
    }
  }

  @Test
  void aCopyOfWhatTheClientItselfChangedIsDroppedToo() {
    var copies = new ConcurrentHashMap<String, String>();
    try (var connection = resp3.connect()) {
      var cache =
          ClientSideCaching.enable(
              CacheAccessor.forMap(copies), connection, TrackingArgs.Builder.enabled());
      connection.sync().set("k", "1");
      assertEquals("1", cache.get("k"));
      connection.sync().set("k", "2");
      Await.until("k is 2", () -> "2".equals(cache.get("k")));
    }
  }
}
