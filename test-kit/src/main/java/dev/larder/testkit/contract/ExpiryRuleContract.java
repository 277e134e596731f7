package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.ExpiryContract.SECOND;
import static dev.larder.testkit.contract.ExpiryContract.gone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Expiry;
import dev.larder.Life;
import dev.larder.testkit.RecordingListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rules that tell creation, update and read apart, as data and as code, lives of zero, and jitter.
 */
public interface ExpiryRuleContract extends CacheContract {

  @Test
  default void ruleAsDataTellsCreationUpdateAndReadApart() {
    var cache = open(spec().expiry(new Life(1_000, Life.UNCHANGED, 3_000, Life.FOREVER, 0)));
    cache.put("k", "1");
    advance(600);
    cache.put("k", "2");
    advance(399);
    assertTrue(cache.contains("k"), "an update leaves the deadline");
    assertEquals("2", cache.get("k"));
    advance(2_999);
    assertTrue(cache.contains("k"), "a read moves it");
    advance(1);
    gone(cache, "k");
  }

  @Test
  default void lifeOfZeroOnCreationStoresNothing() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache =
        open(
            spec()
                .expiry(new Life(0, 0, Life.UNCHANGED, Life.FOREVER, 0))
                .listener(heard, ListenerContract.SYNC));
    cache.put("k", "v");
    assertEquals(0, cache.control().stats().puts());
    gone(cache, "k");
    assertNull(cache.asMap().putIfAbsent("k", "v"));
    gone(cache, "k");
    cache.put("own", "v", SECOND);
    assertEquals("v", cache.get("own"));
    assertEquals(List.of("CREATED own=v"), heard.drainText());
  }

  @Test
  default void lifeOfZeroOnUpdateTakesTheEntryOut() {
    var heard = RecordingListener.<String, String>ofChanges();
    var life = new Life(Life.FOREVER, 0, Life.UNCHANGED, Life.FOREVER, 0);
    var cache = open(spec().expiry(life).listener(heard, ListenerContract.SYNC));
    cache.put("k", "1");
    cache.put("k", "2");
    gone(cache, "k");
    assertEquals(List.of("CREATED k=1", "REMOVED k=1 EXPIRED"), heard.drainText());
    assertEquals(1, cache.control().stats().puts());
  }

  @Test
  default void lifeOfZeroOnReadServesOnce() {
    var life = new Life(Life.FOREVER, Life.UNCHANGED, 0, Life.FOREVER, 0);
    var cache = open(spec().expiry(life));
    cache.put("k", "v");
    assertTrue(cache.contains("k"));
    assertEquals("v", cache.get("k"));
    gone(cache, "k");
  }

  @Test
  default void customRuleIsAskedOncePerWriteAndRead() {
    var asked = new Asked();
    var cache = open(spec().expiry(asked));
    cache.put("k", "1");
    asked.expect("create k=1");
    cache.put("k", "2");
    asked.expect("update k=2");
    cache.get("k");
    asked.expect("access k=2");
    cache.contains("k");
    cache.getAll(List.of("k"));
    ReadWriteContract.contents(cache);
    asked.expect();
    cache.get("absent");
    cache.remove("k");
    asked.expect();
  }

  @Test
  default void customRuleDecidesForEachEntry() {
    Expiry<String, String> rule = (key, value) -> Duration.ofMillis(Long.parseLong(value));
    var cache = open(spec().expiry(rule));
    cache.put("a", "100");
    cache.put("b", "200");
    advance(100);
    gone(cache, "a");
    assertEquals("200", cache.get("b"));
    cache.put("b", "50");
    advance(50);
    gone(cache, "b");
  }

  @Test
  default void customRuleWithoutAnAnswerKeepsForEverOrLeavesTheDeadline() {
    var cache =
        open(
            spec()
                .expiry(
                    new Expiry<String, String>() {
                      @Override
                      public @Nullable Duration onCreate(String key, String value) {
                        return key.equals("ever") ? null : SECOND;
                      }

                      @Override
                      public @Nullable Duration onUpdate(String key, String value) {
                        return null;
                      }
                    }));
    cache.put("ever", "v");
    cache.put("k", "1");
    advance(600);
    cache.put("k", "2");
    advance(400);
    gone(cache, "k");
    leap(Duration.ofDays(1_000));
    assertEquals("v", cache.get("ever"));
  }

  @Test
  default void customRuleCanMoveTheDeadlineOnARead() {
    var cache =
        open(
            spec()
                .expiry(
                    new Expiry<String, String>() {
                      @Override
                      public Duration onCreate(String key, String value) {
                        return SECOND;
                      }

                      @Override
                      public @Nullable Duration onAccess(String key, String value) {
                        return key.equals("slide") ? SECOND : null;
                      }
                    }));
    cache.put("slide", "v");
    cache.put("fixed", "v");
    advance(900);
    assertEquals("v", cache.get("slide"));
    assertEquals("v", cache.get("fixed"));
    advance(100);
    gone(cache, "fixed");
    advance(799);
    assertEquals("v", cache.get("slide"));
  }

  @Test
  default void lifeGivenAtPutIsNotAskedOfTheCustomRule() {
    var asked = new Asked();
    var cache = open(spec().expiry(asked));
    cache.put("k", "v", SECOND);
    asked.expect();
    advance(1_000);
    gone(cache, "k");
  }

  @Test
  default void jitterShortensLivesWithinItsShareAndSpreadsThem() {
    var cache = open(spec().unbounded().expireAfterWrite(Duration.ofSeconds(100)).jitter(0.2));
    var now = fixture().clock().now();
    for (int i = 0; i < 400; i++) {
      cache.put("k" + i, "v");
    }
    var lives = new HashSet<Long>();
    for (var entry : cache) {
      var life = entry.deadline() - now;
      assertTrue(life >= 80_000 && life <= 100_000, () -> "a life of " + life + " ms");
      lives.add(life / 1_000);
    }
    assertTrue(lives.size() >= 10, () -> "400 entries share " + lives.size() + " lives");
    advance(79_999);
    assertEquals(400, ReadWriteContract.contents(cache).size());
    advance(20_001);
    assertEquals(0, ReadWriteContract.contents(cache).size());
  }
}
