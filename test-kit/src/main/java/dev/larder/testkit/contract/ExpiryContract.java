package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.MutableEntry;
import dev.larder.testkit.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long entries live. An entry is gone at the very millisecond of its deadline. */
public interface ExpiryContract extends CacheContract {
  /** A life. */
  Duration SECOND = Duration.ofSeconds(1);

  /** A description with a time to live of a second. */
  default CacheSpec.Builder<String, String> aSecondAfterWrite() {
    return spec().expireAfterWrite(SECOND);
  }

  @Test
  default void entryLivesForItsTimeAndNoLonger() {
    var cache = open(aSecondAfterWrite());
    cache.put("k", "v");
    advance(999);
    assertEquals("v", cache.get("k"));
    advance(1);
    gone(cache, "k");
  }

  /** No operation shows an entry whose time has run out. */
  static void gone(Cache<String, String> cache, String key) {
    assertFalse(cache.contains(key));
    assertNull(cache.get(key));
    assertEquals(Map.of(), cache.getAll(List.of(key)));
    assertFalse(ReadWriteContract.contents(cache).containsKey(key));
    assertFalse(cache.asMap().containsKey(key));
    assertFalse(cache.<Boolean>update(key, MutableEntry::exists));
    assertNull(cache.asMap().replace(key, "x"));
    assertFalse(cache.remove(key));
  }

  @Test
  default void readsDoNotProlongATimeToLive() {
    var cache = open(aSecondAfterWrite());
    cache.put("k", "v");
    advance(600);
    assertEquals("v", cache.get("k"));
    advance(400);
    gone(cache, "k");
  }

  @Test
  default void writeStartsTheTimeToLiveAnew() {
    var cache = open(aSecondAfterWrite());
    cache.put("k", "1");
    advance(600);
    cache.put("k", "2");
    advance(600);
    assertEquals("2", cache.get("k"));
    assertEquals("2", cache.asMap().replace("k", "3"));
    advance(999);
    assertEquals("3", cache.get("k"));
    cache.update("k", entry -> setTo(entry, "4"));
    advance(999);
    assertEquals("4", cache.get("k"));
    advance(1);
    gone(cache, "k");
  }

  private static boolean setTo(MutableEntry<String, String> entry, String value) {
    entry.set(value);
    return true;
  }

  @Test
  default void expiredKeyCountsAsAbsentForConditions() {
    var cache = open(aSecondAfterWrite());
    cache.put("k", "old");
    advance(1_000);
    assertFalse(cache.asMap().replace("k", "old", "new"));
    assertFalse(cache.asMap().remove("k", "old"));
    assertNull(cache.asMap().putIfAbsent("k", "new"));
    assertEquals("new", cache.get("k"));
    advance(999);
    assertEquals("new", cache.get("k"));
  }

  @Test
  default void readMovesATimeToIdle() {
    var cache = open(spec().expireAfterAccess(SECOND));
    cache.put("k", "v");
    for (int i = 0; i < 5; i++) {
      advance(999);
      assertEquals("v", cache.get("k"));
    }
    advance(1_000);
    gone(cache, "k");
  }

  @Test
  default void lookThatIsNoReadDoesNotMoveATimeToIdle() {
    var cache = open(spec().expireAfterAccess(SECOND));
    cache.put("k", "v");
    advance(600);
    assertTrue(cache.contains("k"));
    assertEquals(Map.of("k", "v"), cache.getAll(List.of("k")));
    assertTrue(ReadWriteContract.contents(cache).containsKey("k"));
    assertTrue(cache.asMap().containsKey("k"));
    advance(400);
    gone(cache, "k");
  }

  @Test
  default void readInsideAnUpdateMovesATimeToIdleWhenNothingIsChanged() {
    var cache = open(spec().expireAfterAccess(SECOND));
    cache.put("k", "v");
    advance(600);
    assertEquals("v", cache.update("k", MutableEntry::value));
    advance(600);
    assertTrue(cache.contains("k"));
  }

  @Test
  default void unequalValueOfAConditionCountsAsRead() {
    var cache = open(spec().expireAfterAccess(SECOND));
    cache.put("k", "v");
    advance(600);
    assertFalse(cache.asMap().replace("k", "other", "new"));
    advance(600);
    assertTrue(cache.contains("k"));
    assertFalse(cache.asMap().remove("k", "other"));
    advance(600);
    assertTrue(cache.contains("k"));
  }

  @Test
  default void timeToLiveLimitsATimeToIdle() {
    var cache = open(spec().expireAfterAccess(SECOND).expireAfterWrite(Duration.ofMillis(2_500)));
    cache.put("k", "v");
    advance(900);
    assertEquals("v", cache.get("k"));
    advance(900);
    assertEquals("v", cache.get("k"));
    advance(699);
    assertEquals("v", cache.get("k"));
    advance(1);
    gone(cache, "k");
    cache.put("k", "idle");
    advance(1_000);
    gone(cache, "k");
  }

  @Test
  default void lifeGivenAtPutTakesThePlaceOfTheRule() {
    var cache = open(aSecondAfterWrite());
    cache.put("long", "v", Duration.ofSeconds(3));
    cache.put("short", "v", Duration.ofMillis(10));
    advance(10);
    gone(cache, "short");
    advance(2_989);
    assertEquals("v", cache.get("long"));
    advance(1);
    gone(cache, "long");
  }

  @Test
  default void lifeGivenAtPutIsNotMovedByReads() {
    var cache = open(spec().expireAfterAccess(SECOND));
    cache.put("k", "v", Duration.ofSeconds(3));
    advance(2_000);
    assertEquals("v", cache.get("k"));
    advance(999);
    assertEquals("v", cache.get("k"));
    advance(1);
    gone(cache, "k");
  }

  @Test
  default void nextWriteReturnsToTheRuleOfTheCache() {
    var cache = open(aSecondAfterWrite());
    cache.put("k", "v", Duration.ofSeconds(3));
    cache.put("k", "w");
    advance(1_000);
    gone(cache, "k");
  }

  @Test
  default void nextWriteInACacheWithoutExpiryEndsALifeOfItsOwn() {
    var cache = open();
    cache.put("k", "v", SECOND);
    cache.put("k", "w");
    leap(Duration.ofDays(1_000));
    assertEquals("w", cache.get("k"));
    cache.put("k", "v", SECOND);
    advance(1_000);
    gone(cache, "k");
  }

  @Test
  default void updateCanGiveALifeOfItsOwn() {
    var cache = open();
    cache.update(
        "k",
        entry -> {
          entry.set("v", SECOND);
          return true;
        });
    advance(999);
    assertEquals("v", cache.get("k"));
    advance(1);
    gone(cache, "k");
  }

  @Test
  default void fractionOfAMillisecondIsRoundedUp() {
    var cache = open();
    cache.put("k", "v", Duration.ofNanos(1));
    assertEquals("v", cache.get("k"));
    advance(1);
    gone(cache, "k");
  }

  @Test
  default void entriesWithoutExpiryStay() {
    var cache = open();
    cache.put("k", "v");
    cache.put("longest", "v", Duration.ofSeconds(Long.MAX_VALUE));
    leap(Duration.ofDays(36_500));
    assertEquals("v", cache.get("k"));
    assertEquals("v", cache.get("longest"));
  }

  @Test
  default void loadedValuesLiveByTheRule() {
    var loads = new AtomicInteger();
    var cache = open(aSecondAfterWrite().loader(key -> "v" + loads.incrementAndGet()));
    assertEquals("v1", cache.get("k"));
    advance(999);
    assertEquals("v1", cache.get("k"));
    advance(1);
    assertEquals("v2", cache.get("k"));
  }

  @Test
  default void purgeRemovesWhatHasExpiredAndTellsHowMany() {
    var cache = open(aSecondAfterWrite().cleanupInterval(Duration.ZERO));
    cache.putAll(Map.of("a", "1", "b", "2"));
    cache.put("stays", "3", Duration.ofHours(1));
    advance(1_000);
    assertEquals(2, cache.control().purge());
    assertEquals(1, cache.size());
    assertEquals(0, cache.control().purge());
    assertEquals(2, cache.control().stats().expirations());
  }

  @Test
  default void expirationIsReportedWithItsCause() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(aSecondAfterWrite().listener(heard, ListenerContract.SYNC));
    cache.put("k", "v");
    advance(1_000);
    cache.control().purge();
    assertEquals("CREATED k=v", heard.next());
    assertEquals("REMOVED k=v EXPIRED", heard.next());
  }
}
