package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheException;
import dev.larder.CacheSpec;
import dev.larder.Expiry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes in wrong comes back as a clear message, and the cache stays usable. */
@SuppressWarnings("NullAway") // nulls are what this is about
public interface BadInputContract extends CacheContract {

  /** The cache still works and holds what it held. */
  private static void usable(Cache<String, String> cache) {
    assertEquals("there", cache.get("present"));
    assertEquals(1, cache.size());
    cache.put("probe", "v");
    assertEquals("v", cache.get("probe"));
    assertTrue(cache.remove("probe"));
  }

  private Cache<String, String> filled(CacheSpec.Builder<String, String> spec) {
    var cache = open(spec);
    cache.put("present", "there");
    return cache;
  }

  @Test
  default void nullKeysAreNamed() {
    var cache = filled(spec());
    fails(NullPointerException.class, () -> cache.get(null), "key");
    fails(NullPointerException.class, () -> cache.get(null, key -> "v"), "key");
    fails(NullPointerException.class, () -> cache.contains(null), "key");
    fails(NullPointerException.class, () -> cache.put(null, "v"), "key");
    fails(NullPointerException.class, () -> cache.put(null, "v", Duration.ofDays(1)), "key");
    fails(NullPointerException.class, () -> cache.remove(null), "key");
    fails(NullPointerException.class, () -> cache.update(null, entry -> true), "key");
    usable(cache);
  }

  @Test
  default void nullsInCollectionsAreNamedBeforeAnythingIsDone() {
    var cache = filled(spec());
    var keys = Arrays.asList("present", null);
    fails(NullPointerException.class, () -> cache.getAll(keys), "key");
    fails(NullPointerException.class, () -> cache.removeAll(keys), "key");
    var nullValue = new HashMap<String, String>(Map.of("present", "changed"));
    nullValue.put("x", null);
    fails(NullPointerException.class, () -> cache.putAll(nullValue), "value");
    fails(
        NullPointerException.class, () -> cache.putAll(Collections.singletonMap(null, "v")), "key");
    usable(cache);
  }

  @Test
  default void nullValuesAndOtherArgumentsAreNamed() {
    var cache = filled(spec());
    fails(NullPointerException.class, () -> cache.put("present", null), "value");
    fails(
        NullPointerException.class, () -> cache.put("present", null, Duration.ofDays(1)), "value");
    fails(NullPointerException.class, () -> cache.put("present", "v", null), "timeToLive");
    fails(NullPointerException.class, () -> cache.get("present", null), "loader");
    fails(NullPointerException.class, () -> cache.getAll(null), "keys");
    fails(NullPointerException.class, () -> cache.putAll(null), "entries");
    fails(NullPointerException.class, () -> cache.removeAll(null), "keys");
    fails(NullPointerException.class, () -> cache.update("present", null), "function");
    fails(
        NullPointerException.class,
        () ->
            cache.update(
                "present",
                entry -> {
                  entry.set(null);
                  return true;
                }),
        "value");
    usable(cache);
  }

  @Test
  default void nullsInTheMapAreRefused() {
    var cache = filled(spec());
    var map = cache.asMap();
    fails(NullPointerException.class, () -> map.get(null), "key");
    fails(NullPointerException.class, () -> map.put(null, "v"), "key");
    fails(NullPointerException.class, () -> map.put("present", null), "value");
    fails(NullPointerException.class, () -> map.putIfAbsent("x", null), "value");
    fails(NullPointerException.class, () -> map.replace("present", null), "value");
    fails(NullPointerException.class, () -> map.replace("present", "there", null), "value");
    fails(NullPointerException.class, () -> map.remove(null), "key");
    usable(cache);
  }

  @Test
  default void lifeThatIsNotLongerThanZeroIsRefused() {
    var cache = filled(spec());
    for (var life : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1))) {
      fails(
          IllegalArgumentException.class,
          () -> cache.put("present", "v", life),
          "timeToLive",
          life.toString());
      fails(
          IllegalArgumentException.class,
          () ->
              cache.update(
                  "present",
                  entry -> {
                    entry.set("v", life);
                    return true;
                  }),
          "timeToLive");
    }
    usable(cache);
  }

  @Test
  default void impossibleDescriptionsAreRefused() {
    fails(IllegalArgumentException.class, () -> spec().maximumEntries(-1), "maximumEntries", "-1");
    fails(IllegalArgumentException.class, () -> spec().maximumWeight(-1), "maximumWeight");
    fails(IllegalArgumentException.class, () -> spec().maximumBytes(-1), "maximumBytes");
    fails(
        IllegalArgumentException.class,
        () -> spec().expireAfterWrite(Duration.ofSeconds(-1)),
        "expireAfterWrite");
    fails(
        IllegalArgumentException.class,
        () -> spec().expireAfterAccess(Duration.ZERO),
        "expireAfterAccess");
    fails(IllegalArgumentException.class, () -> spec().jitter(1.5), "jitter");
    fails(IllegalArgumentException.class, () -> spec().jitter(Double.NaN), "jitter");
    fails(
        IllegalArgumentException.class,
        () -> spec().loadTimeout(Duration.ofSeconds(-1)),
        "loadTimeout");
    fails(
        IllegalArgumentException.class,
        () -> spec().cleanupInterval(Duration.ofSeconds(-1)),
        "cleanupInterval");
    fails(IllegalArgumentException.class, () -> spec().maximumWeight(5).build(), "weigher");
    fails(
        IllegalArgumentException.class,
        () -> CacheSpec.of(" ", String.class, String.class).build(),
        "name");
    usable(filled(spec()));
  }

  @Test
  default void expiryThatThrowsOnAWriteRefusesIt() {
    var broken = new AtomicBoolean();
    Expiry<String, String> rule =
        (key, value) -> {
          if (broken.get()) {
            throw new IllegalStateException("a broken rule");
          }
          return Duration.ofDays(1);
        };
    var cache = filled(spec().expiry(rule));
    broken.set(true);
    var thrown = fails(CacheException.class, () -> cache.put("k", "v"), "contract", "expiry");
    CacheContract.causedBy("a broken rule", thrown);
    fails(CacheException.class, () -> cache.put("present", "v"), "expiry");
    assertNull(cache.get("k"));
    broken.set(false);
    usable(cache);
  }

  @Test
  default void negativeLifeFromAnExpiryRefusesTheWrite() {
    var broken = new AtomicBoolean();
    Expiry<String, String> rule =
        (key, value) -> broken.get() ? Duration.ofSeconds(-5) : Duration.ofDays(1);
    var cache = filled(spec().expiry(rule));
    broken.set(true);
    fails(CacheException.class, () -> cache.put("k", "v"), "contract", "expiry");
    broken.set(false);
    assertNull(cache.get("k"));
    usable(cache);
  }

  @Test
  default void expiryThatThrowsOnAReadIsCountedAndTheReadGoesOn() {
    var cache =
        filled(
            spec()
                .expiry(
                    new Expiry<String, String>() {
                      @Override
                      public Duration onCreate(String key, String value) {
                        return Duration.ofDays(1);
                      }

                      @Override
                      public @Nullable Duration onAccess(String key, String value) {
                        throw new IllegalStateException("a broken rule");
                      }
                    }));
    assertEquals("there", cache.get("present"));
    assertTrue(cache.control().stats().hookFailures() >= 1);
    leap(Duration.ofDays(1));
    assertNull(cache.get("present"), "the deadline stayed as it was");
  }
}
