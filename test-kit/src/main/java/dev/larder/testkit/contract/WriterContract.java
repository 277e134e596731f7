package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.BatchException;
import dev.larder.Cache;
import dev.larder.CacheWriteException;
import dev.larder.CacheWriter;
import dev.larder.MutableEntry;
import dev.larder.RecursiveUpdateException;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Write-through: the source first, then the cache, and both agree. */
public interface WriterContract extends CacheContract {

  @Test
  default void putAndRemoveAreWrittenThrough() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.put("k", "1");
    cache.put("k", "2", Duration.ofHours(1));
    journal.expect("k=1", "k=2");
    assertTrue(cache.remove("k"));
    assertFalse(cache.remove("absent"));
    journal.expect("-k", "-absent");
  }

  @Test
  default void writerIsCalledBeforeTheCacheChangesAndReadersSeeTheOldEntry() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    var seen = new ArrayList<@Nullable String>();
    journal.before((key, value) -> seen.add(cache.get(key)));
    cache.put("k", "1");
    cache.put("k", "2");
    cache.remove("k");
    var expected = new ArrayList<@Nullable String>();
    expected.add(null);
    expected.add("1");
    expected.add("2");
    assertEquals(expected, seen);
  }

  @Test
  default void refusedWriteLeavesTheCacheUnchanged() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.put("k", "old");
    journal.refused.add("k");
    var thrown = fails(CacheWriteException.class, () -> cache.put("k", "new"), "contract");
    CacheContract.causedBy("the source refuses k", thrown);
    assertThrows(CacheWriteException.class, () -> cache.remove("k"));
    assertThrows(CacheWriteException.class, () -> cache.asMap().replace("k", "new"));
    assertThrows(CacheWriteException.class, () -> cache.asMap().replace("k", "old", "new"));
    assertThrows(CacheWriteException.class, () -> cache.asMap().remove("k", "old"));
    assertThrows(CacheWriteException.class, () -> cache.update("k", entry -> set(entry, "new")));
    assertEquals("old", cache.get("k"));
    journal.refused.add("absent");
    assertThrows(CacheWriteException.class, () -> cache.asMap().putIfAbsent("absent", "v"));
    assertNull(cache.get("absent"));
    journal.refused.clear();
    cache.put("k", "new");
    assertEquals("new", cache.get("k"));
  }

  private static boolean set(MutableEntry<String, String> entry, String value) {
    entry.set(value);
    return true;
  }

  @Test
  default void conditionThatDoesNotHoldWritesNothing() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    var map = cache.asMap();
    map.replace("k", "v");
    map.replace("k", "v", "w");
    map.remove("k", "v");
    journal.expect();
    map.putIfAbsent("k", "v");
    journal.expect("k=v");
    map.putIfAbsent("k", "w");
    map.replace("k", "other", "w");
    map.remove("k", "other");
    journal.expect();
    map.replace("k", "v", "w");
    map.replace("k", "x");
    map.remove("k", "x");
    journal.expect("k=w", "k=x", "-k");
  }

  @Test
  default void updateWritesWhatItChanged() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.update("k", MutableEntry::exists);
    journal.expect();
    cache.update("k", entry -> set(entry, "1"));
    journal.expect("k=1");
    cache.update(
        "k",
        entry -> {
          entry.remove();
          return true;
        });
    journal.expect("-k");
    assertThrows(
        IllegalStateException.class,
        () ->
            cache.update(
                "k",
                entry -> {
                  entry.set("never");
                  throw new IllegalStateException("no");
                }));
    journal.expect();
  }

  @Test
  default void putAllWritesAllAndRemoveAllDeletesAll() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    assertEquals(Map.of("a", "1", "b", "2", "c", "3"), Map.copyOf(journal.source));
    cache.removeAll(List.of("a", "b"));
    assertEquals(Map.of("c", "3"), Map.copyOf(journal.source));
    assertEquals(Map.of("c", "3"), ReadWriteContract.contents(cache));
  }

  @Test
  default void putAllThatFailsInPartStoresWhatWasWrittenAndNamesTheRest() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.put("c", "old");
    journal.refused.add("c");
    var entries = new LinkedHashMap<String, String>();
    for (var key : List.of("a", "b", "c", "d", "e")) {
      entries.put(key, "new");
    }
    var thrown = fails(BatchException.class, () -> cache.putAll(entries), "contract");
    assertTrue(thrown.failures().containsKey("c"), () -> "" + thrown.failures());
    assertEquals("old", cache.get("c"));
    var stored = new LinkedHashMap<>(ReadWriteContract.contents(cache));
    assertEquals(Map.copyOf(journal.source), Map.copyOf(stored));
    for (var key : entries.keySet()) {
      var failed = thrown.failures().containsKey(key);
      assertEquals(!failed, "new".equals(stored.get(key)), () -> key + " " + thrown.failures());
    }
  }

  @Test
  default void removeAllThatFailsInPartRemovesWhatWasDeletedAndNamesTheRest() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
    journal.refused.add("b");
    var thrown =
        assertThrows(
            BatchException.class,
            () -> cache.removeAll(new LinkedHashSet<>(List.of("a", "b", "c"))));
    assertTrue(thrown.failures().containsKey("b"));
    assertEquals("2", cache.get("b"));
    assertEquals(Map.copyOf(journal.source), ReadWriteContract.contents(cache));
  }

  @Test
  default void writerOfItsOwnForManyDecidesWhatWasWritten() {
    var cache =
        open(
            spec()
                .writer(
                    new CacheWriter<String, String>() {
                      @Override
                      public void write(String key, String value) {}

                      @Override
                      public void delete(String key) {}

                      @Override
                      public void writeAll(Map<String, String> entries) {
                        entries.remove("a");
                        throw new IllegalStateException("only a");
                      }
                    }));
    var thrown = assertThrows(BatchException.class, () -> cache.putAll(Map.of("a", "1", "b", "2")));
    assertEquals(Set.of("b"), thrown.failures().keySet());
    assertEquals(Map.of("a", "1"), ReadWriteContract.contents(cache));
  }

  @Test
  default void batchIsWrittenThrough() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.put("gone", "v");
    cache.batch(batch -> batch.put("a", "1").put("b", "2").remove("gone"));
    assertEquals(Map.of("a", "1", "b", "2"), Map.copyOf(journal.source));
    assertEquals(Map.of("a", "1", "b", "2"), ReadWriteContract.contents(cache));
  }

  @Test
  default void whatLeavesByItselfIsNotDeletedAtTheSource() {
    var journal = new Journal();
    var cache = open(spec().writer(journal).expireAfterWrite(Duration.ofSeconds(1)));
    cache.putAll(Map.of("a", "1", "b", "2"));
    journal.lines.clear();
    cache.clear();
    cache.put("c", "3");
    cache.control().evict(1);
    cache.put("d", "4");
    advance(1_000);
    cache.control().purge();
    journal.expect("c=3", "d=4");
  }

  @Test
  default void iteratorRemovesAtTheSourceToo() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    cache.put("k", "v");
    journal.expect("k=v");
    var entries = cache.iterator();
    entries.next();
    entries.remove();
    journal.expect("-k");
  }

  @Test
  default void writerIsCalledByOneThreadAtATimeForAKeyAndAgreesWithTheCache() {
    var inside = new ConcurrentHashMap<String, AtomicInteger>();
    var overlaps = new AtomicInteger();
    var source = new ConcurrentHashMap<String, String>();
    Cache<String, String> cache =
        open(
            spec()
                .writer(
                    new CacheWriter<String, String>() {
                      @Override
                      public void write(String key, String value) {
                        alone(key, () -> source.put(key, value));
                      }

                      @Override
                      public void delete(String key) {
                        alone(key, () -> source.remove(key));
                      }

                      private void alone(String key, Runnable work) {
                        var count = inside.computeIfAbsent(key, any -> new AtomicInteger());
                        overlaps.addAndGet(count.getAndIncrement());
                        work.run();
                        Thread.onSpinWait();
                        count.decrementAndGet();
                      }
                    }));
    Actor.together(
        4,
        number -> {
          for (int i = 0; i < 300; i++) {
            var key = "k" + i % 3;
            if (i % 5 == 0) {
              cache.remove(key);
            } else {
              cache.put(key, number + ":" + i);
            }
          }
        });
    assertEquals(0, overlaps.get(), "two threads wrote one key at the same time");
    assertEquals(Map.copyOf(source), ReadWriteContract.contents(cache), "cache and source differ");
  }

  @Test
  default void writerThatWritesItsOwnKeyIsANamedError() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    journal.before((key, value) -> cache.put(key, "again"));
    var thrown =
        Actor.start("writer", () -> assertThrows(RuntimeException.class, () -> cache.put("k", "v")))
            .result();
    assertTrue(isRecursive(thrown), () -> "not a recursion: " + thrown);
    journal.before((key, value) -> {});
    cache.put("k", "usable");
    assertEquals("usable", cache.get("k"));
  }

  private static boolean isRecursive(@Nullable Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecursiveUpdateException) {
        return true;
      }
    }
    return false;
  }

  @Test
  default void refusedWriteCountsNothing() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    journal.refused.add("k");
    assertThrows(CacheWriteException.class, () -> cache.put("k", "v"));
    assertThrows(CacheWriteException.class, () -> cache.remove("k"));
    var stats = cache.control().stats();
    assertEquals(0, stats.puts());
    assertEquals(0, stats.removals());
  }
}
