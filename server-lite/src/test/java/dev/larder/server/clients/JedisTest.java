package dev.larder.server.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.csc.CacheConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

/** Jedis as an application uses it, unchanged. */
class JedisTest {
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    try (var client = client(RedisProtocol.RESP2)) {
      client.flushAll();
    }
  }

  private static HostAndPort address() {
    return new HostAndPort("127.0.0.1", server.respPort());
  }

  private static RedisClient client(RedisProtocol protocol) {
    var config = DefaultJedisClientConfig.builder().protocol(protocol).clientName("shop").build();
    return RedisClient.builder().hostAndPort(address()).clientConfig(config).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void stringsGoInAndOut(RedisProtocol protocol) {
    try (var client = client(protocol)) {
      assertEquals("OK", client.set("k", "v"));
      assertEquals("v", client.get("k"));
      assertNull(client.get("absent"));
      assertNull(client.set("k", "other", SetParams.setParams().nx()));
      assertEquals("v", client.setGet("k", "w"));
      assertEquals(List.of("w", "2"), got(client));
      assertEquals(3, client.append("k", "xy"));
      assertEquals("xy", client.getrange("k", 1, 2));
      assertEquals("wxy", client.getDel("k"));
      assertFalse(client.exists("k"));
    }
  }

  private static List<String> got(RedisClient client) {
    client.mset("b", "2");
    return client.mget("k", "b");
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void numbersExpiryAndTypes(RedisProtocol protocol) {
    try (var client = client(protocol)) {
      assertEquals(5, client.incrBy("n", 5));
      assertEquals(4, client.decr("n"));
      assertEquals(4.5, client.incrByFloat("n", 0.5));
      client.set("t", "v", SetParams.setParams().ex(100));
      assertTrue(client.ttl("t") > 90);
      assertEquals(1, client.persist("t"));
      assertEquals(-1, client.ttl("t"));
      assertEquals(-2, client.pttl("absent"));
      assertEquals("string", client.type("t"));
      assertEquals("none", client.type("absent"));
      var thrown = assertThrows(JedisDataException.class, () -> client.incr("t"));
      assertEquals("ERR value is not an integer or out of range", thrown.getMessage());
    }
  }

  @Test
  void binaryKeysAndValuesKeepEveryByte() {
    var key = new byte[256];
    for (var at = 0; at < key.length; at++) {
      key[at] = (byte) at;
    }
    try (var client = client(RedisProtocol.RESP2)) {
      client.set(key, key);
      assertArrayEquals(key, client.get(key));
      var large = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      client.set(key, large);
      assertArrayEquals(large, client.get(key));
    }
  }

  @Test
  void aScanFindsEveryKeyOnce() {
    try (var client = client(RedisProtocol.RESP2)) {
      var expected = new HashSet<String>();
      for (var at = 0; at < 1_000; at++) {
        client.set("scan:" + at, "v");
        client.set("other:" + at, "v");
        expected.add("scan:" + at);
      }
      var found = new ArrayList<String>();
      var cursor = ScanParams.SCAN_POINTER_START;
      do {
        var page = client.scan(cursor, new ScanParams().match("scan:*").count(100));
        found.addAll(page.getResult());
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
      assertEquals(expected, Set.copyOf(found));
      assertEquals(expected.size(), found.size());
      assertEquals(expected, client.keys("scan:*"));
    }
  }

  @Test
  void aPipelineAnswersInOrder() {
    try (var client = client(RedisProtocol.RESP2);
        var pipeline = client.pipelined()) {
      var answers = new ArrayList<Response<Long>>();
      for (var at = 0; at < 10_000; at++) {
        answers.add(pipeline.incr("n"));
      }
      pipeline.sync();
      for (var at = 0; at < answers.size(); at++) {
        assertEquals(at + 1, answers.get(at).get());
      }
    }
  }

  @Test
  void anErrorInAPipelineIsThatOfItsCommandOnly() {
    try (var client = client(RedisProtocol.RESP2);
        var pipeline = client.pipelined()) {
      var first = pipeline.set("k", "text");
      var wrong = pipeline.incr("k");
      var last = pipeline.get("k");
      pipeline.sync();
      assertEquals("OK", first.get());
      assertThrows(JedisDataException.class, wrong::get);
      assertEquals("text", last.get());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void aTransactionIsDoneAsOne(RedisProtocol protocol) {
    try (var client = client(protocol)) {
      try (var transaction = client.multi()) {
        transaction.set("a", "1");
        var sum = transaction.incrBy("a", 41);
        assertEquals(List.of("OK", 42L), transaction.exec());
        assertEquals(42, sum.get());
      }
      try (var transaction = client.multi()) {
        transaction.set("a", "0");
        transaction.discard();
      }
      assertEquals("42", client.get("a"));
    }
  }

  @Test
  void aWatchedKeyThatChangedStopsATransaction() {
    try (var client = client(RedisProtocol.RESP2);
        var transaction = client.transaction(false)) {
      client.set("a", "1");
      transaction.watch("a");
      client.set("a", "2");
      transaction.multi();
      transaction.set("a", "3");
      assertNull(transaction.exec());
      assertEquals("2", client.get("a"));
    }
  }

  @Test
  void countersInTransactionsOfManyThreadsLoseNothing() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try (var client = client(RedisProtocol.RESP2)) {
      client.set("sum", "0");
      var ends = new ArrayList<Future<Integer>>();
      for (var each = 0; each < 4; each++) {
        ends.add(threads.submit(() -> added(client, 50)));
      }
      for (var end : ends) {
        assertEquals(50, end.get(60, TimeUnit.SECONDS));
      }
      assertEquals("200", client.get("sum"));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Adds one that often by WATCH and MULTI, trying again when somebody else was faster. */
  private static int added(RedisClient client, int times) {
    var done = 0;
    for (var attempt = 0; done < times && attempt < 100_000; attempt++) {
      try (var transaction = client.transaction(false)) {
        transaction.watch("sum");
        var sum = Long.parseLong(client.get("sum"));
        transaction.multi();
        transaction.set("sum", String.valueOf(sum + 1));
        if (transaction.exec() != null) {
          done++;
        }
      }
    }
    return done;
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void keyspaceEventsComeToSubscribers(RedisProtocol protocol) throws InterruptedException {
    var told = new LinkedBlockingQueue<String>();
    var subscribed = new CountDownLatch(1);
    var listener =
        new JedisPubSub() {
          @Override
          public void onPSubscribe(String pattern, int subscribedChannels) {
            subscribed.countDown();
          }

          @Override
          public void onPMessage(String pattern, String channel, String message) {
            told.add(channel + " " + message);
          }
        };
    try (var client = client(protocol)) {
      server.tellEvents(client);
      var thread = new Thread(() -> client.psubscribe(listener, "__keyevent@0__:*"));
      thread.setDaemon(true);
      thread.start();
      assertTrue(subscribed.await(10, TimeUnit.SECONDS));
      client.set("k", "v");
      assertEquals("__keyevent@0__:set k", told.poll(10, TimeUnit.SECONDS));
      client.del("k");
      assertEquals("__keyevent@0__:del k", told.poll(10, TimeUnit.SECONDS));
      listener.punsubscribe();
      thread.join(10_000);
      assertFalse(thread.isAlive());
    }
  }

  @Test
  void theClientSideCacheSeesChangesOfOthers() {
    var config = DefaultJedisClientConfig.builder().resp3().build();
    try (var cached =
            RedisClient.builder()
                .hostAndPort(address())
                .clientConfig(config)
                .cacheConfig(CacheConfig.builder().maxSize(1_000).build())
                .build();
        var other = client(RedisProtocol.RESP2)) {
      for (var round = 0; round < 50; round++) {
        var key = "k" + round % 5;
        var value = "v" + round;
        other.set(key, value);
        Await.until(key + " is " + value, () -> value.equals(cached.get(key)));
      }
      cached.get("k0");
      var hits = cached.getCache().getStats().getHitCount();
      assertEquals("v45", cached.get("k0"));
      assertTrue(cached.getCache().getStats().getHitCount() > hits, "a read that asked nobody");
      other.del("k0");
      Await.until("k0 is gone", () -> cached.get("k0") == null);
    }
  }

  @Test
  void connectionsTellWhoTheyAre() {
    try (var jedis = new Jedis(address())) {
      assertEquals("PONG", jedis.ping());
      assertEquals("hello", jedis.echo("hello"));
      jedis.clientSetname("me");
      assertEquals("me", jedis.clientGetname());
      assertTrue(jedis.clientId() > 0);
      assertTrue(jedis.clientList().contains("name=me"), jedis.clientList());
      assertTrue(jedis.info("server").contains("redis_version:"), jedis.info("server"));
      assertEquals("OK", jedis.select(0));
      assertEquals(2, jedis.time().size());
    }
  }
}
