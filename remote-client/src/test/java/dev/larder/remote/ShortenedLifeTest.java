package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.engine.SystemClock;
import dev.larder.server.http.v1.V1Server;
import dev.larder.spi.Cursor;
import dev.larder.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody else gives entries less time than they had, at a server that looks for nothing that has
 * expired: near copies go within the smallest bound there is.
 */
class ShortenedLifeTest {
  private static final String KEY = "k";
  private static final long BOUND_MILLIS = 50;
  private static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(BOUND_MILLIS);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final int ROUNDS = 5;

  private final Clock clock = SystemClock.instance();
  private final VirtualClock time = new VirtualClock();
  private final V1Server server = V1Server.timed(time);
  private final Larder larder = Larder.builder().open();
  private final Cache<String, Long> cache =
      larder.create(
          CacheSpec.of("short", String.class, Long.class)
              .topology("remote")
              .option("remote.hosts", "127.0.0.1:" + server.port())
              .option("near.max-staleness", BOUND_MILLIS + "ms")
              .statistics(true)
              .build());

  @AfterEach
  void close() {
    larder.close();
    server.close();
  }

  private long hits() {
    return cache.control().stats().tiers().get(0).hits();
  }

  private void post(String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url("/v1/caches/short" + path)))
            .header("Content-Type", "application/json");
    var answer =
        HttpClient.newHttpClient()
            .send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
    assertTrue(answer.body().contains("\"status\":200"), answer::body);
  }

  /** The key of the one entry, as the server has it. */
  private String key() {
    var database = server.databases().find("short").orElseThrow();
    var key = database.scan(Cursor.START, 2).entries().get(0).key();
    return Base64.getEncoder().encodeToString(key.array());
  }

  /** Until reads are answered by copies. */
  private void warm() {
    var before = hits();
    var end = clock.ticks() + PATIENCE;
    while (hits() < before + 100) {
      assertEquals(1L, cache.get(KEY));
      assertTrue(clock.ticks() < end, () -> "no copies: " + cache.control().health());
    }
  }

  @Test
  void copyOfWhatSomebodyExpiresIsGoneWithinTheSmallestBound() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      cache.put(KEY, 1L);
      warm();
      var until = "{\"operations\": [{\"op\": \"touch-until\", \"ttl\": 1, \"key64\": \"";
      post("/batch", until + key() + "\"}]}");
      time.advance(Duration.ofMillis(2));
      var expired = clock.ticks();
      var longest = 0L;
      for (var began = expired; began - expired < LOOK_NANOS; began = clock.ticks()) {
        if (cache.get(KEY) != null) {
          longest = Math.max(longest, began - expired);
        }
      }
      assertNull(cache.get(KEY));
      assertTrue(longest <= BOUND_NANOS, "shown " + longest + " ns after it had expired");
    }
  }
}
