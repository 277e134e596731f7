package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The map view, with the conditional changes that it is there for. */
public interface ConditionalContract extends CacheContract {

  @Test
  default void putIfAbsentStoresOnlyWhereThereIsNothing() {
    var cache = open();
    var map = cache.asMap();
    assertNull(map.putIfAbsent("k", "first"));
    assertEquals("first", map.putIfAbsent("k", "second"));
    assertEquals("first", cache.get("k"));
  }

  @Test
  default void replaceChangesOnlyWhatIsThere() {
    var cache = open();
    var map = cache.asMap();
    assertNull(map.replace("k", "v"));
    assertFalse(cache.contains("k"));
    cache.put("k", "old");
    assertEquals("old", map.replace("k", "new"));
    assertEquals("new", cache.get("k"));
  }

  @Test
  default void replaceOfAnExpectedValueComparesByEquals() {
    var cache = open();
    var map = cache.asMap();
    assertFalse(map.replace("k", "old", "new"));
    assertFalse(cache.contains("k"));
    cache.put("k", "old");
    assertFalse(map.replace("k", "other", "new"));
    assertEquals("old", cache.get("k"));
    assertTrue(map.replace("k", new String("old"), "new"));
    assertEquals("new", cache.get("k"));
  }

  @Test
  default void removeOfAnExpectedValueComparesByEquals() {
    var cache = open();
    var map = cache.asMap();
    assertFalse(map.remove("k", "v"));
    cache.put("k", "v");
    assertFalse(map.remove("k", "other"));
    assertTrue(cache.contains("k"));
    assertTrue(map.remove("k", new String("v")));
    assertFalse(cache.contains("k"));
  }

  @Test
  default void removeAndPutOfTheMapGiveTheValueBefore() {
    var map = open().asMap();
    assertNull(map.put("k", "1"));
    assertEquals("1", map.put("k", "2"));
    assertEquals("2", map.remove("k"));
    assertNull(map.remove("k"));
  }

  @Test
  default void computeChangesByTheValueBefore() {
    var cache = open();
    var map = cache.asMap();
    assertEquals("k0", map.compute("k", (key, value) -> key + (value == null ? "0" : value)));
    assertEquals("kk0", map.compute("k", (key, value) -> key + (value == null ? "0" : value)));
    assertNull(map.compute("k", (key, value) -> null));
    assertFalse(cache.contains("k"));
    assertNull(map.compute("k", (key, value) -> null));
  }

  @Test
  default void computeIfAbsentComputesOnlyWhereThereIsNothing() {
    var cache = open();
    var map = cache.asMap();
    var calls = new AtomicInteger();
    assertEquals("1", map.computeIfAbsent("k", key -> "" + calls.incrementAndGet()));
    assertEquals("1", map.computeIfAbsent("k", key -> "" + calls.incrementAndGet()));
    assertEquals(1, calls.get());
    assertNull(map.computeIfAbsent("absent", key -> null));
    assertFalse(cache.contains("absent"));
  }

  @Test
  default void computeIfPresentComputesOnlyWhatIsThere() {
    var cache = open();
    var map = cache.asMap();
    assertNull(map.computeIfPresent("k", (key, value) -> value + "!"));
    assertFalse(cache.contains("k"));
    cache.put("k", "v");
    assertEquals("v!", map.computeIfPresent("k", (key, value) -> value + "!"));
    assertNull(map.computeIfPresent("k", (key, value) -> null));
    assertFalse(cache.contains("k"));
  }

  @Test
  default void mergeJoinsWithTheValueBefore() {
    var map = open().asMap();
    assertEquals("a", map.merge("k", "a", String::concat));
    assertEquals("ab", map.merge("k", "b", String::concat));
    assertNull(map.merge("k", "c", (before, value) -> null));
    assertFalse(map.containsKey("k"));
  }

  @Test
  default void functionOfTheMapThatThrowsChangesNothing() {
    var cache = open();
    cache.put("k", "v");
    assertThrows(
        IllegalStateException.class,
        () ->
            cache
                .asMap()
                .compute(
                    "k",
                    (key, value) -> {
                      throw new IllegalStateException("no");
                    }));
    assertEquals("v", cache.get("k"));
  }

  @Test
  default void mapIsALiveView() {
    var cache = open();
    var map = cache.asMap();
    cache.put("k", "v");
    assertEquals("v", map.get("k"));
    assertTrue(map.containsKey("k"));
    assertEquals(1, map.size());
    assertFalse(map.isEmpty());
    map.put("l", "w");
    assertEquals("w", cache.get("l"));
    map.clear();
    assertEquals(0, cache.size());
    assertTrue(map.isEmpty());
  }

  @Test
  default void mapGivesDefaultsAndFindsValues() {
    var map = open().asMap();
    map.put("k", "v");
    assertEquals("v", map.getOrDefault("k", "d"));
    assertEquals("d", map.getOrDefault("absent", "d"));
    assertTrue(map.containsValue("v"));
    assertFalse(map.containsValue("w"));
  }

  @Test
  default void setsOfTheMapShowAndRemove() {
    var cache = open();
    var map = cache.asMap();
    map.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    assertEquals(Set.of("a", "b", "c"), new HashSet<>(map.keySet()));
    assertEquals(Set.of("1", "2", "3"), new HashSet<>(map.values()));
    assertTrue(map.entrySet().contains(Map.entry("a", "1")));
    assertTrue(map.keySet().remove("a"));
    assertTrue(map.values().remove("2"));
    assertFalse(cache.contains("a"));
    assertFalse(cache.contains("b"));
    map.entrySet().removeIf(entry -> entry.getKey().equals("c"));
    assertEquals(0, cache.size());
  }

  @Test
  default void replaceAllRewritesEveryValue() {
    var map = open().asMap();
    map.putAll(Map.of("a", "1", "b", "2"));
    map.replaceAll((key, value) -> key + value);
    assertEquals(Map.of("a", "a1", "b", "b2"), Map.copyOf(map));
  }

  @Test
  default void mapEqualsAMapOfTheSameEntries() {
    var map = open().asMap();
    map.putAll(Map.of("a", "1", "b", "2"));
    assertEquals(Map.of("a", "1", "b", "2"), Map.copyOf(map));
    var keys = List.copyOf(map.keySet());
    assertEquals(2, keys.size());
  }

  @Test
  default void getOfTheMapNeverLoads() {
    var calls = new AtomicInteger();
    var cache = open(spec().loader(key -> "loaded" + calls.incrementAndGet()));
    assertNull(cache.asMap().get("k"));
    assertFalse(cache.asMap().containsKey("k"));
    assertNull(cache.asMap().putIfAbsent("k", "v"));
    assertEquals(0, calls.get());
  }
}
