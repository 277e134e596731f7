package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.testkit.Actor;
import dev.larder.testkit.RecordingListener;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What listeners hear, when and in which order. */
public interface ListenerContract extends CacheContract {
  /** Told before the operation returns. */
  CacheListener.Delivery SYNC = CacheListener.Delivery.SYNCHRONOUS;

  /** Told later. */
  CacheListener.Delivery ASYNC = CacheListener.Delivery.ASYNCHRONOUS;

  @Test
  default void changesAreHeardWithOldAndNewValue() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().listener(heard, SYNC));
    cache.put("k", "1");
    cache.put("k", "2");
    cache.remove("k");
    cache.remove("k");
    assertEquals(
        List.of("CREATED k=1", "UPDATED k=1>2", "REMOVED k=2 EXPLICIT"), heard.drainText());
  }

  @Test
  default void synchronousListenerHearsBeforeTheOperationReturns() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().listener(heard, SYNC));
    for (int i = 0; i < 200; i++) {
      cache.put("k" + i, "v");
      assertEquals(List.of("CREATED k" + i + "=v"), heard.drainText());
    }
  }

  @Test
  default void asynchronousListenerHearsInOrder() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().listener(heard, ASYNC));
    cache.put("k", "0");
    assertEquals("CREATED k=0", heard.next());
    for (int i = 1; i < 200; i++) {
      cache.put("k", "" + i);
    }
    for (int i = 1; i < 200; i++) {
      assertEquals("UPDATED k=" + (i - 1) + ">" + i, heard.next());
    }
  }

  @Test
  default void hitsAndMissesAreHeard() {
    var heard =
        RecordingListener.<String, String>of(EnumSet.of(CacheEvent.Type.HIT, CacheEvent.Type.MISS));
    var cache = open(spec().listener(heard, SYNC));
    cache.get("k");
    cache.put("k", "v");
    cache.get("k");
    cache.contains("k");
    cache.contains("absent");
    assertEquals(List.of("MISS k", "HIT k=v"), heard.drainText());
    cache.getAll(List.of("k"));
    assertEquals(List.of("HIT k=v"), heard.drainText());
    cache.getAll(List.of("absent"));
    assertEquals(List.of("MISS absent"), heard.drainText());
  }

  @Test
  default void loadIsHeardAsLoadedAndThenAsCreated() {
    var heard =
        RecordingListener.<String, String>of(
            EnumSet.of(CacheEvent.Type.LOADED, CacheEvent.Type.CREATED));
    var cache = open(spec().loader(key -> "v").listener(heard, SYNC));
    cache.get("k");
    assertEquals(List.of("LOADED k=v", "CREATED k=v"), heard.drainText());
    cache.get("k");
    assertEquals(List.of(), heard.drainText());
  }

  @Test
  default void conditionalChangesAreHeardOnlyWhenTheyHappen() {
    var heard = RecordingListener.<String, String>ofChanges();
    var map = open(spec().listener(heard, SYNC)).asMap();
    map.replace("k", "v");
    map.remove("k", "v");
    assertEquals(List.of(), heard.drainText());
    map.putIfAbsent("k", "1");
    map.putIfAbsent("k", "2");
    map.replace("k", "other", "2");
    map.replace("k", "1", "2");
    map.replace("k", "3");
    map.remove("k", "other");
    map.remove("k", "3");
    assertEquals(
        List.of("CREATED k=1", "UPDATED k=1>2", "UPDATED k=2>3", "REMOVED k=3 EXPLICIT"),
        heard.drainText());
  }

  @Test
  default void updateAndBatchAreHeard() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().listener(heard, SYNC));
    cache.update("k", entry -> set(entry, "1"));
    cache.batch(batch -> batch.put("k", "2").remove("k"));
    cache.putAll(Map.of("a", "1"));
    cache.removeAll(List.of("a", "absent"));
    assertEquals(
        List.of(
            "CREATED k=1",
            "UPDATED k=1>2",
            "REMOVED k=2 EXPLICIT",
            "CREATED a=1",
            "REMOVED a=1 EXPLICIT"),
        heard.drainText());
  }

  private static boolean set(dev.larder.MutableEntry<String, String> entry, String value) {
    entry.set(value);
    return true;
  }

  @Test
  default void clearIsNotHeardEntryByEntry() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().listener(heard, SYNC));
    cache.putAll(Map.of("a", "1", "b", "2"));
    heard.drain();
    cache.clear();
    cache.put("c", "3");
    assertEquals(List.of("CREATED c=3"), heard.drainText());
  }

  @Test
  default void listenerHearsOnlyWhatItWants() {
    var created = RecordingListener.<String, String>of(EnumSet.of(CacheEvent.Type.CREATED));
    var removed = RecordingListener.<String, String>of(EnumSet.of(CacheEvent.Type.REMOVED));
    var cache = open(spec().listener(created, SYNC).listener(removed, SYNC));
    cache.put("k", "1");
    cache.put("k", "2");
    cache.get("k");
    cache.remove("k");
    assertEquals(List.of("CREATED k=1"), created.drainText());
    assertEquals(List.of("REMOVED k=2 EXPLICIT"), removed.drainText());
  }

  @Test
  default void listenerThatThrowsIsCountedAndBreaksNothing() {
    var heard = RecordingListener.<String, String>ofChanges();
    CacheListener<String, String> broken =
        event -> {
          throw new IllegalStateException("a broken listener");
        };
    var cache = open(spec().listener(broken, SYNC).listener(heard, SYNC));
    cache.put("k", "1");
    assertEquals("1", cache.get("k"));
    cache.remove("k");
    assertEquals(List.of("CREATED k=1", "REMOVED k=1 EXPLICIT"), heard.drainText());
    assertTrue(cache.control().stats().hookFailures() >= 2);
  }

  @Test
  default void listenerMayUseTheCacheForAnyKey() {
    var cell = new AtomicReference<@Nullable Cache<String, String>>();
    var depth = new AtomicInteger();
    CacheListener<String, String> busy =
        event -> {
          var cache = cell.get();
          if (cache != null && event.type() == CacheEvent.Type.CREATED && depth.get() < 3) {
            depth.incrementAndGet();
            cache.put("copy of " + event.key(), "v");
            cache.put(event.key(), "changed");
          }
        };
    var cache = open(spec().listener(busy, SYNC));
    cell.set(cache);
    Actor.run("user", any -> cache.put("k", "v")).result();
    CacheContract.awaitEqual("changed", () -> "" + cache.get("k"));
    CacheContract.awaitEqual(true, () -> cache.contains("copy of k"));
  }

  @Test
  default void eventsOfAKeyComeInTheOrderOfItsChangesAndOneAtATime() {
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    var heard = RecordingListener.<String, String>ofChanges();
    CacheListener<String, String> exclusive =
        new CacheListener<>() {
          @Override
          public void on(CacheEvent<String, String> event) {
            overlaps.addAndGet(inside.getAndIncrement());
            heard.on(event);
            Thread.onSpinWait();
            inside.decrementAndGet();
          }

          @Override
          public java.util.Set<CacheEvent.Type> interests() {
            return heard.interests();
          }
        };
    var cache = open(spec().listener(exclusive, SYNC));
    Actor.together(
        4,
        number -> {
          for (int i = 0; i < 200; i++) {
            if (i % 10 == 9) {
              cache.remove("k");
            } else {
              cache.put("k", number + ":" + i);
            }
          }
        });
    assertEquals(0, overlaps.get(), "two events of one key at the same time");
    @Nullable String current = null;
    for (var event : heard.drain()) {
      var text = RecordingListener.text(event);
      var before = event.type() == CacheEvent.Type.UPDATED ? event.before() : null;
      before = event.type() == CacheEvent.Type.REMOVED ? event.value() : before;
      assertEquals(current, before, () -> "out of order: " + text);
      current = event.type() == CacheEvent.Type.REMOVED ? null : event.value();
    }
    assertEquals(cache.get("k"), current, "the last event is the last change");
  }

  @Test
  default void loggingListenerIsReadyToUse() {
    var cache = open(spec().listener(CacheListener.logging(Level.TRACE), SYNC));
    cache.put("k", "v");
    cache.remove("k");
    assertEquals(0, cache.control().stats().hookFailures());
  }
}
