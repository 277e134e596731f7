package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Date;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads without waiting, and classes that code allows. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
@SuppressWarnings("JavaUtilDate") // a well-known class whose objects change is the point
class AsyncReadsTest {
  private final Provided provided;

  AsyncReadsTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  @SuppressWarnings("unchecked")
  private static <K, V> AsyncReads<K, V> reads(javax.cache.Cache<K, V> cache) {
    return cache.unwrap(AsyncReads.class);
  }

  @Test
  void stageGivesTheValueOrNull() {
    var cache = provided.numbers();
    assertNull(reads(cache).later("key").toCompletableFuture().join());
    cache.put("key", 7);
    assertEquals(7, reads(cache).later("key").toCompletableFuture().join());
  }

  @Test
  void whatAStageGivesIsACopy() {
    var cache =
        provided.cache(
            "dates", new MutableConfiguration<Date, Date>().setTypes(Date.class, Date.class));
    cache.put(new Date(1), new Date(10));
    reads(cache).later(new Date(1)).toCompletableFuture().join().setTime(13);
    assertEquals(new Date(10), cache.get(new Date(1)));
  }

  @Test
  void wrongKeysAndAClosedCacheAreTold() {
    var cache = provided.numbers();
    var reads = reads(cache);
    assertThrows(NullPointerException.class, () -> reads.later(null));
    cache.close();
    assertThrows(IllegalStateException.class, () -> reads.later("key"));
  }

  @Test
  void allowedClassesComeToThoseOfTheConfiguration() {
    var allowing = new LarderConfiguration<String, Object>().allow("com.shop.*", "org.Other");
    var cache = provided.cache("allowing", allowing);
    var spec = cache.unwrap(dev.larder.Cache.class).control().spec();
    assertEquals("com.shop.*,org.Other", spec.placement().options().get("serial-allow"));
    var refused =
        assertThrows(IllegalArgumentException.class, () -> allowing.allow("com.shop.*,org.Other"));
    assertEquals(
        "'com.shop.*,org.Other' is no pattern of class names; allowed: a name in which * stands"
            + " for any characters, each in an argument of its own",
        refused.getMessage());
  }
}
