package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.Life;
import dev.larder.MutableEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads and writes by one thread: what every other suite builds upon. */
public interface ReadWriteContract extends CacheContract {

  @Test
  default void getOfAbsentKeyIsNull() {
    assertNull(open().get("k"));
  }

  @Test
  default void putIsSeenByGetAndContains() {
    var cache = open();
    assertFalse(cache.contains("k"));
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
    assertTrue(cache.contains("k"));
    assertNull(cache.get("other"));
  }

  @Test
  default void putReplacesThePresentValue() {
    var cache = open();
    cache.put("k", "old");
    cache.put("k", "new");
    assertEquals("new", cache.get("k"));
    assertEquals(1, cache.size());
  }

  @Test
  default void keysAreComparedByEquals() {
    var cache = open();
    cache.put(new String("k"), "v");
    assertEquals("v", cache.get(new String("k")));
  }

  @Test
  default void removeTellsWhetherThereWasAnEntry() {
    var cache = open();
    cache.put("k", "v");
    assertTrue(cache.remove("k"));
    assertFalse(cache.remove("k"));
    assertNull(cache.get("k"));
    assertFalse(cache.contains("k"));
    assertEquals(0, cache.size());
  }

  @Test
  default void putAfterRemoveStartsAnew() {
    var cache = open();
    cache.put("k", "old");
    cache.remove("k");
    cache.put("k", "new");
    assertEquals("new", cache.get("k"));
  }

  @Test
  default void getAllGivesWhatIsThereAndLeavesOutTheRest() {
    var cache = open();
    cache.put("a", "1");
    cache.put("b", "2");
    assertEquals(Map.of("a", "1", "b", "2"), cache.getAll(List.of("a", "b", "c")));
    assertEquals(Map.of("a", "1"), cache.getAll(List.of("a", "a")));
    assertEquals(Map.of(), cache.getAll(List.of()));
  }

  @Test
  default void resultOfGetAllIsTheCallersAndCannotBeChanged() {
    var cache = open();
    cache.put("a", "1");
    var found = cache.getAll(Set.of("a"));
    cache.put("a", "2");
    assertEquals(Map.of("a", "1"), found);
    assertThrows(UnsupportedOperationException.class, () -> found.put("b", "2"));
  }

  @Test
  default void putAllStoresEveryEntry() {
    var cache = open();
    cache.put("a", "old");
    cache.putAll(Map.of("a", "1", "b", "2"));
    assertEquals(Map.of("a", "1", "b", "2"), cache.getAll(List.of("a", "b")));
    cache.putAll(Map.of());
    assertEquals(2, cache.size());
  }

  @Test
  default void removeAllRemovesTheseKeysOnly() {
    var cache = open();
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    cache.removeAll(List.of("a", "b", "absent"));
    assertEquals(Map.of("c", "3"), contents(cache));
  }

  @Test
  default void clearRemovesEverything() {
    var cache = open();
    cache.putAll(Map.of("a", "1", "b", "2"));
    cache.clear();
    assertEquals(0, cache.size());
    assertNull(cache.get("a"));
    assertFalse(cache.iterator().hasNext());
    cache.put("a", "again");
    assertEquals("again", cache.get("a"));
  }

  @Test
  default void sizeCountsEntries() {
    var cache = open();
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, "v");
      cache.put("k" + i, "w");
      assertEquals(i + 1, cache.size());
    }
    cache.remove("k0");
    assertEquals(99, cache.size());
  }

  @Test
  default void iterationShowsEachEntryOnceWithItsDeadline() {
    var cache = open();
    var expected = new HashMap<String, String>();
    for (int i = 0; i < 500; i++) {
      cache.put("k" + i, "v" + i);
      expected.put("k" + i, "v" + i);
    }
    cache.put("k0", "short", Duration.ofSeconds(5));
    expected.put("k0", "short");
    var keys = new HashSet<String>();
    for (var entry : cache) {
      assertTrue(keys.add(entry.key()), () -> entry.key() + " came twice");
      assertEquals(expected.get(entry.key()), entry.value());
      var deadline = entry.key().equals("k0") ? fixture().clock().now() + 5_000 : Life.FOREVER;
      assertEquals(deadline, entry.deadline());
      assertEquals(deadline == Life.FOREVER, entry.expiresAt().isEmpty());
    }
    assertEquals(expected.keySet(), keys);
  }

  @Test
  default void iteratorRemovesByKeyAndRefusesToTwice() {
    var cache = open();
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    var entries = cache.iterator();
    assertThrows(IllegalStateException.class, entries::remove);
    var removed = entries.next().key();
    entries.remove();
    assertThrows(IllegalStateException.class, entries::remove);
    assertFalse(cache.contains(removed));
    assertEquals(2, cache.size());
    entries.next();
    entries.next();
    assertFalse(entries.hasNext());
    assertThrows(NoSuchElementException.class, entries::next);
  }

  @Test
  default void iterationGoesOnWhileEntriesComeAndGo() {
    var cache = open();
    for (int i = 0; i < 100; i++) {
      cache.put("stay" + i, "v");
      cache.put("go" + i, "v");
    }
    var seen = new ArrayList<String>();
    for (var entry : cache) {
      seen.add(entry.key());
      cache.remove("go" + (99 - seen.size() % 100));
      cache.put("come" + seen.size(), "v");
      cache.put("stay" + seen.size() % 100, "w");
      assertTrue(seen.size() < 1_000, "the iteration does not end");
    }
    var stayed = seen.stream().filter(key -> key.startsWith("stay")).toList();
    assertEquals(100, stayed.size());
    assertEquals(100, new HashSet<>(stayed).size());
  }

  @Test
  default void updateReadsSetsAndGivesTheResultOfTheFunction() {
    var cache = open();
    var result =
        cache.update(
            "k",
            entry -> {
              assertEquals("k", entry.key());
              assertFalse(entry.exists());
              assertNull(entry.value());
              entry.set("1");
              return "made";
            });
    assertEquals("made", result);
    assertEquals("1", cache.get("k"));
    assertEquals("1", cache.update("k", MutableEntry::value));
    assertNull(cache.<String>update("k", entry -> null));
  }

  @Test
  default void updateCanRemove() {
    var cache = open();
    cache.put("k", "v");
    cache.update(
        "k",
        entry -> {
          entry.remove();
          assertFalse(entry.exists());
          assertNull(entry.value());
          return true;
        });
    assertFalse(cache.contains("k"));
    cache.update(
        "k",
        entry -> {
          entry.remove();
          return true;
        });
    assertFalse(cache.contains("k"));
  }

  @Test
  default void lastChangeOfAnUpdateCountsAndIsSeenInside() {
    var cache = open();
    cache.put("k", "old");
    cache.update(
        "k",
        entry -> {
          entry.remove();
          entry.set("a");
          assertEquals("a", entry.value());
          entry.set("b");
          assertEquals("old", cache.get("k"), "readers see the entry as it was");
          return true;
        });
    assertEquals("b", cache.get("k"));
  }

  @Test
  default void updateThatChangesNothingLeavesTheEntry() {
    var cache = open();
    cache.put("k", "v");
    cache.update("k", MutableEntry::exists);
    assertEquals("v", cache.get("k"));
    cache.update("absent", MutableEntry::exists);
    assertFalse(cache.contains("absent"));
  }

  @Test
  default void updateThatThrowsChangesNothing() {
    var cache = open();
    cache.put("k", "v");
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                cache.update(
                    "k",
                    entry -> {
                      entry.set("never");
                      throw new IllegalStateException("no");
                    }));
    assertEquals("no", thrown.getMessage());
    assertEquals("v", cache.get("k"));
    cache.put("k", "usable");
    assertEquals("usable", cache.get("k"));
  }

  @Test
  default void updateMayUseTheCacheForOtherKeys() {
    var cache = open();
    cache.put("a", "1");
    cache.update(
        "b",
        entry -> {
          entry.set(cache.get("a") + "2");
          cache.put("c", "3");
          return true;
        });
    assertEquals("12", cache.get("b"));
    assertEquals("3", cache.get("c"));
  }

  @Test
  default void entryOfAnUpdateIsOverWhenTheFunctionReturns() {
    var cache = open();
    var kept = new ArrayList<MutableEntry<String, String>>();
    cache.update(
        "k",
        entry -> {
          kept.add(entry);
          return true;
        });
    assertThrows(IllegalStateException.class, () -> kept.get(0).set("late"));
    assertThrows(IllegalStateException.class, () -> kept.get(0).value());
    assertFalse(cache.contains("k"));
  }

  @Test
  default void nameIsThatOfTheDescription() {
    assertEquals("contract", open().name());
  }

  @Test
  default void largeAndOddValuesComeBackAsTheyWere() {
    var cache = open();
    var large = "x".repeat(300_000);
    cache.put("large", large);
    cache.put("", "");
    cache.put("\u00e4\u4e2d\ud83d\ude00", "\u0000\uffff");
    assertEquals(large, cache.get("large"));
    assertEquals("", cache.get(""));
    assertEquals("\u0000\uffff", cache.get("\u00e4\u4e2d\ud83d\ude00"));
  }

  /** What the cache holds, as its iterator shows it. */
  static <K, V> Map<K, V> contents(Cache<K, V> cache) {
    var contents = new HashMap<K, V>();
    cache.forEach(entry -> contents.put(entry.key(), entry.value()));
    return contents;
  }
}
