package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.BatchException;
import dev.larder.Cache;
import dev.larder.CacheException;
import dev.larder.CacheLoadException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A weigher that fails refuses the write and breaks nothing. */
public interface WeigherContract extends CacheContract {

  /** A cache whose weigher reads the value as a number. */
  private Cache<String, String> weighed() {
    var cache = open(spec().maximumWeight(1_000).weigher((key, value) -> Integer.parseInt(value)));
    cache.put("present", "10");
    return cache;
  }

  private static void usable(Cache<String, String> cache) {
    assertEquals("10", cache.get("present"));
    cache.put("probe", "5");
    assertEquals("5", cache.get("probe"));
    assertEquals(15, cache.control().stats().weight());
  }

  @Test
  default void weigherThatThrowsRefusesTheWrite() {
    var cache = weighed();
    var thrown =
        fails(CacheException.class, () -> cache.put("k", "no number"), "contract", "weigher");
    assertInstanceOf(NumberFormatException.class, thrown.getCause());
    assertThrows(CacheException.class, () -> cache.put("present", "no number"));
    assertThrows(CacheException.class, () -> cache.asMap().replace("present", "no number"));
    assertThrows(
        CacheException.class,
        () ->
            cache.update(
                "present",
                entry -> {
                  entry.set("no number");
                  return true;
                }));
    assertNull(cache.get("k"));
    usable(cache);
  }

  @Test
  default void negativeWeightRefusesTheWrite() {
    var cache = weighed();
    fails(CacheException.class, () -> cache.put("k", "-3"), "contract", "-3");
    fails(CacheException.class, () -> cache.put("present", "-3"), "-3");
    assertNull(cache.get("k"));
    usable(cache);
  }

  @Test
  default void weigherThatThrowsForOneOfManyStoresTheOthersOrNone() {
    var cache = weighed();
    var entries = Map.of("bad", "no number", "good", "7");
    if (fixture().bulkAllOrNothing()) {
      assertThrows(CacheException.class, () -> cache.putAll(entries));
      assertNull(cache.get("good"));
      usable(cache);
      return;
    }
    var thrown = assertThrows(BatchException.class, () -> cache.putAll(entries));
    assertEquals(java.util.Set.of("bad"), thrown.failures().keySet());
    assertEquals("7", cache.get("good"));
    assertEquals(17, cache.control().stats().weight());
  }

  @Test
  default void loadedValueThatCannotBeWeighedDoesNotBreakTheCache() {
    var cache = weighed();
    try {
      assertEquals("no number", cache.get("k", key -> "no number"));
    } catch (CacheException e) {
      // Told or served: either is fine as long as nothing is stored and the next one works.
      assertEquals(false, e instanceof CacheLoadException && e.getCause() == null);
    }
    assertNull(cache.get("k"));
    assertEquals("7", cache.get("k", key -> "7"));
    cache.remove("k");
    usable(cache);
  }
}
