package dev.larder.tck.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.PeerProcess;
import dev.larder.tck.support.Place;
import dev.larder.testkit.Actor;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.CompatibilityTest;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Bucket4j keeps each bucket of tokens as a byte array under a key and changes it with entry
 * processors alone: a processor that ran twice, or on a value that another one was changing, would
 * grant tokens that are not there.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class Bucket4jTest {
  private static final int CAPACITY = 200;

  private final Place place = Place.fresh();
  private final CacheManager manager = place.manager();

  @AfterEach
  void close() {
    manager.getCachingProvider().close();
  }

  private ProxyManager<String> buckets() {
    return Bucket4jJCache.entryProcessorBasedBuilder(Buckets.cache(manager)).build();
  }

  /** Proves that tokens are neither granted twice nor lost when threads ask for them at once. */
  @Test
  @Tag("smoke")
  void eightThreadsGetExactlyTheTokensThereAre() {
    var bucket = buckets().getProxy("shared", Buckets.of(CAPACITY));
    var granted = new AtomicInteger();
    Actor.together(
        8,
        number -> {
          for (int i = 0; i < CAPACITY / 4; i++) {
            if (bucket.tryConsume(1)) {
              granted.incrementAndGet();
            }
          }
        });
    assertEquals(CAPACITY, granted.get());
    assertEquals(0, bucket.getAvailableTokens());
  }

  /** Proves the same for threads that each made the bucket's proxy, and the bucket, themselves. */
  @Test
  void eightThreadsThatMakeTheBucketMakeOne() {
    var granted = new AtomicInteger();
    Actor.together(
        8,
        number -> {
          var bucket = buckets().getProxy("raced", Buckets.of(CAPACITY));
          for (int i = 0; i < CAPACITY / 4; i++) {
            if (bucket.tryConsume(1)) {
              granted.incrementAndGet();
            }
          }
        });
    assertEquals(CAPACITY, granted.get());
  }

  /** Proves that each key has tokens of its own. */
  @Test
  void bucketsOfTwoKeysDoNotShareTokens() {
    var buckets = buckets();
    assertTrue(buckets.getProxy("one", Buckets.of(3)).tryConsume(3));
    assertFalse(buckets.getProxy("one", Buckets.of(3)).tryConsume(1));
    assertTrue(buckets.getProxy("other", Buckets.of(3)).tryConsume(3));
  }

  /** Proves that a bucket that was removed begins anew. */
  @Test
  void removedBucketIsFullAgain() {
    var buckets = buckets();
    assertTrue(buckets.getProxy("one", Buckets.of(3)).tryConsume(3));
    buckets.removeProxy("one");
    assertTrue(buckets.getProxyConfiguration("one").isEmpty());
    assertTrue(buckets.getProxy("one", Buckets.of(3)).tryConsume(3));
  }

  /** Proves that the state survives in the cache what the bucket needs to be filled in time. */
  @Test
  void bucketRefillsByTheClockOfItsUser() {
    var nanos = new AtomicLong(1_000_000_000);
    var clock =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanos.get();
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
    var bucket =
        Bucket4jJCache.entryProcessorBasedBuilder(Buckets.cache(manager))
            .clientClock(clock)
            .build()
            .getProxy("timed", Buckets.of(3));
    assertTrue(bucket.tryConsume(3));
    nanos.addAndGet(TimeUnit.DAYS.toNanos(1) - 1);
    assertFalse(bucket.tryConsume(1));
    nanos.addAndGet(1);
    assertTrue(bucket.tryConsume(3));
    assertFalse(bucket.tryConsume(1));
  }

  /** Proves that a cache that declares no types holds buckets as well. */
  @Test
  void cacheWithoutTypesHoldsBuckets() {
    var cache = manager.createCache("plain", new MutableConfiguration<String, byte[]>());
    var buckets = Bucket4jJCache.entryProcessorBasedBuilder(cache).build();
    assertTrue(buckets.getProxy("one", Buckets.of(3)).tryConsume(3));
    assertFalse(buckets.getProxy("one", Buckets.of(3)).tryConsume(1));
  }

  /** Proves what Bucket4j's own check of providers asks for. */
  @Test
  @Tag("long")
  void passesTheCheckThatBucket4jShips() throws InterruptedException {
    var numbers = new MutableConfiguration<String, Integer>();
    new CompatibilityTest(manager.createCache("check", numbers)).test();
  }

  /** Proves that three processes together get exactly the tokens there are. */
  @Test
  @Tag("smoke")
  @EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "remote")
  void threeProcessesGetExactlyTheTokensThereAre() throws Exception {
    var peers = new ArrayList<PeerProcess>();
    try {
      for (int i = 0; i < 3; i++) {
        peers.add(
            PeerProcess.start(
                BucketPeer.class, Place.host(), place.uri().toString(), "" + CAPACITY));
      }
      for (var peer : peers) {
        peer.hears("ready");
      }
      for (var peer : peers) {
        peer.tell("go");
      }
      var granted = 0;
      for (var peer : peers) {
        granted += Integer.parseInt(peer.hears("granted").substring("granted ".length()));
      }
      assertEquals(CAPACITY, granted);
    } finally {
      peers.forEach(PeerProcess::close);
    }
  }
}
