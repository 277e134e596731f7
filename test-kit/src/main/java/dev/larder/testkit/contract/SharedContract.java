package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheException;
import dev.larder.CacheListener.Delivery;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.LeaseLostException;
import dev.larder.testkit.Actor;
import dev.larder.testkit.RecordingListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Several managers, as several processes would have, over one place: what one does is there for
 * all, code that changes an entry runs once, and nobody who stalls holds up the others for long or
 * changes anything afterwards.
 *
 * <p>Longer than the house likes because it is the list of what processes that share a place may
 * rely on, one test for each.
 */
public interface SharedContract extends CacheContract {
  /** How many managers play where two are not enough. */
  int MANAGERS = 4;

  @Override
  SharedFixture fixture();

  /** Opens a cache in a manager of its own. */
  default <K, V> Cache<K, V> elsewhere(CacheSpec.Builder<K, V> spec) {
    return fixture().anotherManager().create(fixture().placed(spec.build()));
  }

  /** A description of a cache of numbers. */
  private static CacheSpec.Builder<String, Long> numbers() {
    return CacheSpec.of("contract", String.class, Long.class);
  }

  /** The same cache of numbers in so many managers. */
  private List<Cache<String, Long>> everywhere() {
    var caches = new java.util.ArrayList<Cache<String, Long>>();
    for (int i = 0; i < MANAGERS; i++) {
      caches.add(elsewhere(numbers()));
    }
    return caches;
  }

  @Test
  default void whatOneWritesAllRead() {
    var one = open();
    var other = elsewhere(spec());
    one.put("k", "v");
    assertEquals("v", other.get("k"));
    other.put("k", "w");
    assertEquals("w", one.get("k"));
    one.putAll(Map.of("a", "1", "b", "2"));
    assertEquals(Map.of("a", "1", "b", "2"), other.getAll(Set.of("a", "b", "c")));
    assertTrue(other.remove("a"));
    assertNull(one.get("a"));
    assertFalse(one.remove("a"));
    assertEquals("2", one.asMap().putIfAbsent("b", "3"));
    assertTrue(other.asMap().replace("b", "2", "4"));
    assertEquals("4", one.get("b"));
  }

  @Test
  default void iterationAndSizeShowWhatOthersWrote() {
    var one = open();
    var other = elsewhere(spec());
    one.put("a", "1");
    other.put("b", "2");
    var seen = new HashSet<String>();
    one.iterator().forEachRemaining(entry -> seen.add(entry.key() + "=" + entry.value()));
    assertEquals(Set.of("a=1", "b=2"), seen);
    assertEquals(2, other.size());
  }

  @Test
  default void clearIsForAll() {
    var one = open();
    var other = elsewhere(spec());
    one.put("k", "v");
    assertEquals("v", other.get("k"));
    other.clear();
    assertNull(one.get("k"));
    assertEquals(0, one.size());
  }

  @Test
  default void entriesExpireForAllAtOneTime() {
    var spec = spec().expireAfterWrite(Duration.ofSeconds(10));
    var one = open(spec);
    var other = elsewhere(spec);
    one.put("k", "v");
    advance(Duration.ofSeconds(9));
    assertEquals("v", other.get("k"));
    advance(Duration.ofMillis(1_001));
    assertNull(other.get("k"));
    assertNull(one.get("k"));
  }

  @Test
  default void readOfOneKeepsASlidingEntryAliveForAll() {
    var spec = spec().expireAfterAccess(Duration.ofSeconds(10));
    var one = open(spec);
    var other = elsewhere(spec);
    one.put("k", "v");
    advance(Duration.ofSeconds(8));
    assertEquals("v", other.get("k"));
    advance(Duration.ofSeconds(8));
    assertEquals("v", one.get("k"));
    advance(Duration.ofMillis(10_001));
    assertNull(other.get("k"));
  }

  @Test
  default void changesOfOneAreHeardByAllWithTheValuesBefore() {
    var heard = RecordingListener.<String, String>ofChanges();
    elsewhere(spec().listener(heard, Delivery.ASYNCHRONOUS));
    var one = open();
    one.put("k", "1");
    one.put("k", "2");
    one.update(
        "k",
        entry -> {
          entry.set("3");
          return true;
        });
    one.remove("k");
    assertEquals("CREATED k=1", heard.next());
    assertEquals("UPDATED k=1>2", heard.next());
    assertEquals("UPDATED k=2>3", heard.next());
    assertEquals("REMOVED k=3 EXPLICIT", heard.next());
  }

  @Test
  default void eachHearsTheChangesOfAllInOneOrderForAKey() {
    var first = RecordingListener.<String, Long>ofChanges();
    var second = RecordingListener.<String, Long>ofChanges();
    var one = elsewhere(numbers().listener(first, Delivery.ASYNCHRONOUS));
    var other = elsewhere(numbers().listener(second, Delivery.ASYNCHRONOUS));
    var caches = List.of(one, other);
    Actor.together(
        2,
        number -> {
          for (long i = 0; i < 50; i++) {
            caches.get(number).put("k", number * 1_000L + i);
          }
        });
    for (int i = 0; i < 100; i++) {
      assertEquals(first.next(), second.next());
    }
  }

  @Test
  default void synchronousListenerHasHeardWhatItsOwnManagerDid() {
    var heard = RecordingListener.<String, String>ofChanges();
    var one = elsewhere(spec().listener(heard, Delivery.SYNCHRONOUS));
    var other = open();
    for (int i = 0; i < 20; i++) {
      other.put("other" + i, "v");
      one.put("k" + i, "v");
      var events = heard.drainText();
      assertTrue(events.contains("CREATED k" + i + "=v"), events::toString);
    }
  }

  @Test
  default void updateFunctionsOfManyManagersRunOncePerCall() {
    var caches = everywhere();
    var runs = new AtomicInteger();
    var results = ConcurrentHashMap.<Long>newKeySet();
    Actor.together(
        2 * MANAGERS,
        number -> {
          for (int i = 0; i < 50; i++) {
            long result =
                caches
                    .get(number % MANAGERS)
                    .<Long>update(
                        "k",
                        entry -> {
                          runs.incrementAndGet();
                          return AtomicUpdateContract.increment(entry);
                        });
            assertTrue(results.add(result), () -> "lost update: " + result + " came twice");
          }
        });
    assertEquals(2 * MANAGERS * 50, runs.get(), "a function ran twice, or not at all");
    assertEquals(2L * MANAGERS * 50, caches.get(0).get("k"), "lost update");
  }

  @Test
  default void updateFunctionsOfManyKeysByManyManagersLoseNothing() {
    var caches = everywhere();
    Actor.together(
        2 * MANAGERS,
        number -> {
          for (int i = 0; i < 60; i++) {
            caches
                .get(number % MANAGERS)
                .<Long>update("k" + i % 3, AtomicUpdateContract::increment);
          }
        });
    for (int i = 0; i < 3; i++) {
      assertEquals(2L * MANAGERS * 20, caches.get(i).get("k" + i), "lost update");
    }
  }

  @Test
  default void updateFunctionsOfOneKeyRunOneAtATimeOverAllManagers() {
    var caches = everywhere();
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    Actor.together(
        MANAGERS,
        number -> {
          for (int i = 0; i < 40; i++) {
            caches
                .get(number)
                .update(
                    "k",
                    entry -> {
                      overlaps.addAndGet(inside.getAndIncrement());
                      Thread.onSpinWait();
                      inside.decrementAndGet();
                      return AtomicUpdateContract.increment(entry);
                    });
          }
        });
    assertEquals(0, overlaps.get(), "two functions had one key at the same time");
  }

  @Test
  default void plainWritesAndUpdateFunctionsOfManyManagersDoNotMix() {
    var caches = everywhere();
    caches.get(0).put("k", 0L);
    Actor.together(
        MANAGERS,
        number -> {
          var cache = caches.get(number);
          for (long i = 1; i <= 50; i++) {
            if (number == 0) {
              cache.put("k", i * 1_000_000);
            } else {
              cache.<Long>update("k", AtomicUpdateContract::increment);
            }
          }
        });
    var last = caches.get(1).get("k");
    assertTrue(last != null && last >= 50_000_000, () -> "a function came over a write: " + last);
  }

  @Test
  default void conditionalWriteSucceedsForExactlyOneManager() {
    var caches = everywhere();
    var created = new AtomicInteger();
    var replaced = new AtomicInteger();
    Actor.together(
        MANAGERS,
        number -> {
          var map = caches.get(number).asMap();
          for (long i = 0; i < 50; i++) {
            if (map.putIfAbsent("k" + i, 0L) == null) {
              created.incrementAndGet();
            }
            if (map.replace("k" + i, 0L, (long) number + 1)) {
              replaced.incrementAndGet();
            }
          }
        });
    assertEquals(50, created.get());
    assertEquals(50, replaced.get());
  }

  /** Has an update function of that cache stop in the middle, and returns when it is there. */
  private static Actor<@Nullable Throwable> stalled(
      Cache<String, String> cache, CountDownLatch open) {
    var entered = new CountDownLatch(1);
    var actor =
        Actor.<@Nullable Throwable>start(
            "holder",
            () -> {
              try {
                cache.update(
                    "k",
                    entry -> {
                      entered.countDown();
                      Actor.await(open);
                      entry.set("late");
                      return true;
                    });
                return null;
              } catch (CacheException e) {
                return e;
              }
            });
    Actor.await(entered);
    return actor;
  }

  @Test
  default void holderThatStallsHindersNoReadAndNoOtherKey() {
    var one = open();
    var other = elsewhere(spec());
    one.put("k", "old");
    var open = new CountDownLatch(1);
    var holder = stalled(one, open);
    Actor.run(
            "reader",
            any -> {
              assertEquals("old", other.get("k"));
              other.put("other", "v");
              other.update("third", entry -> true);
            })
        .result();
    open.countDown();
    assertNull(holder.result());
    assertEquals("late", other.get("k"), "it was within its time");
  }

  @Test
  default void writeWaitsForAHolderThatStallsNoLongerThanItsLease() {
    var one = open();
    var other = elsewhere(spec());
    one.put("k", "old");
    var open = new CountDownLatch(1);
    var holder = stalled(one, open);
    var began = fixture().clock().exact();
    var writer = Actor.run("writer", any -> other.put("k", "new"));
    advanceUntilDone(writer, Duration.ofSeconds(1));
    withinTheLease(began);
    open.countDown();
    var lost = holder.result();
    assertTrue(lost instanceof LeaseLostException, () -> "not told that it was too late: " + lost);
    assertEquals("new", one.get("k"), "a holder changed something after its time");
    assertEquals("new", other.get("k"), "a holder changed something after its time");
  }

  @Test
  default void updateFunctionWaitsForAHolderThatStallsNoLongerThanItsLease() {
    var one = open();
    var other = elsewhere(spec());
    one.put("k", "old");
    var open = new CountDownLatch(1);
    var holder = stalled(one, open);
    var began = fixture().clock().exact();
    var seen = new AtomicBoolean();
    var next =
        Actor.run(
            "next",
            any ->
                other.update(
                    "k",
                    entry -> {
                      seen.set("old".equals(entry.value()));
                      entry.set("new");
                      return true;
                    }));
    advanceUntilDone(next, Duration.ofSeconds(1));
    withinTheLease(began);
    open.countDown();
    assertTrue(holder.result() instanceof LeaseLostException, "not told that it was too late");
    assertTrue(seen.get(), "the next holder did not see the entry as it was");
    assertEquals("new", one.get("k"), "a holder changed something after its time");
    one.put("k", "newer");
    assertEquals("newer", other.get("k"));
  }

  /** Real threads may see the end of a lease some steps of the clock late. */
  private void withinTheLease(long began) {
    var waited = fixture().clock().exact() - began;
    var most = fixture().longestLease().plusSeconds(10).toMillis();
    assertTrue(waited <= most, () -> "others waited " + waited + " ms");
  }

  @Test
  default void loadBegunBeforeAWriteOfAnotherManagerIsNotStoredAfterIt() {
    var one = open();
    var other = elsewhere(spec());
    var gate = new Gate();
    var loading = Actor.start("loading", () -> one.get("k", gate));
    Actor.await(gate.entered);
    other.put("k", "written");
    gate.letGo();
    loading.result();
    assertEquals("written", one.get("k"));
    assertEquals("written", other.get("k"));
  }

  @Test
  default void loadBegunBeforeARemovalOrClearOfAnotherManagerIsNotStoredAfterIt() {
    var one = open();
    var other = elsewhere(spec());
    for (var all : List.of(false, true)) {
      var gate = new Gate();
      var loading = Actor.start("loading", () -> one.get("k", gate));
      Actor.await(gate.entered);
      if (all) {
        other.clear();
      } else {
        other.remove("k");
      }
      gate.letGo();
      loading.result();
      assertNull(one.get("k"), "a load came over a removal");
      assertNull(other.get("k"), "a load came over a removal");
    }
  }

  @Test
  default void equalDescriptionAttachesAndADifferentOneIsANamedError() {
    var spec = spec().expireAfterWrite(Duration.ofMinutes(5));
    var one = open(spec);
    one.put("k", "v");
    assertEquals("v", elsewhere(spec).get("k"));
    fails(
        ConfigurationException.class,
        () -> elsewhere(spec().expireAfterWrite(Duration.ofMinutes(6))),
        "contract");
    fails(ConfigurationException.class, () -> elsewhere(spec()), "contract");
    assertEquals("v", one.get("k"), "the refused one changed something");
    assertEquals("v", elsewhere(spec).get("k"));
  }

  @Test
  default void refusedDescriptionLeavesItsManagerUsable() {
    open(spec().expireAfterWrite(Duration.ofMinutes(5))).put("k", "v");
    var larder = fixture().anotherManager();
    var different = fixture().placed(spec().build());
    assertThrows(ConfigurationException.class, () -> larder.create(different));
    assertEquals(Set.of(), larder.names());
    var equal = fixture().placed(spec().expireAfterWrite(Duration.ofMinutes(5)).build());
    assertEquals("v", larder.create(equal).get("k"));
  }

  @Test
  default void closeKeepsTheDataAlsoWhenTheLastOneCloses() {
    var larder = fixture().anotherManager();
    var cache = larder.create(fixture().placed(spec().build()));
    cache.put("k", "v");
    larder.close();
    assertEquals("v", elsewhere(spec()).get("k"));
  }

  @Test
  default void managerThatClosesHindersNoOther() {
    var larder = fixture().anotherManager();
    var cache = larder.create(fixture().placed(spec().build()));
    var one = open();
    cache.put("k", "v");
    larder.close();
    assertEquals("v", one.get("k"));
    one.put("k", "w");
    assertEquals("w", elsewhere(spec()).get("k"));
  }

  @Test
  default void destroyDeletesTheDataForAll() {
    var larder = fixture().anotherManager();
    var cache = larder.create(fixture().placed(spec().build()));
    cache.put("k", "v");
    var other = open();
    assertEquals("v", other.get("k"));
    larder.destroy(fixture().placed(spec().build()));
    assertNull(goneOrNull(other), "a destroyed cache still shows its entries");
    assertNull(larder.create(fixture().placed(spec().build())).get("k"));
    assertNull(goneOrNull(other), "a destroyed cache still shows its entries");
  }

  private static @Nullable String goneOrNull(Cache<String, String> cache) {
    try {
      return cache.get("k");
    } catch (CacheException e) {
      return null;
    }
  }

  @Test
  default void namespacesKeepTwoApplicationsApart() {
    var shop = elsewhere(spec().option("namespace", "shop"));
    var blog = elsewhere(spec().option("namespace", "blog"));
    var bare = open();
    shop.put("k", "of the shop");
    blog.put("k", "of the blog");
    assertNull(bare.get("k"));
    assertEquals("of the shop", shop.get("k"));
    assertEquals("of the shop", elsewhere(spec().option("namespace", "shop")).get("k"));
    blog.clear();
    assertEquals("of the shop", shop.get("k"));
    var larder = fixture().anotherManager();
    larder.destroy(fixture().placed(spec().option("namespace", "blog").build()));
    assertEquals("of the shop", shop.get("k"));
  }

  @Test
  default void oneNameInTwoNamespacesMayBeOfTwoDescriptions() {
    var shop = elsewhere(spec().option("namespace", "shop").expireAfterWrite(Duration.ofHours(1)));
    var blog = elsewhere(numbers().option("namespace", "blog"));
    shop.put("k", "v");
    blog.put("k", 1L);
    assertEquals("v", shop.get("k"));
    assertEquals(1L, blog.get("k"));
  }

  @Test
  default void eachManagerCountsItsOwnReads() {
    var one = open();
    var other = elsewhere(spec());
    one.put("k", "v");
    other.get("k");
    other.get("k");
    other.get("absent");
    assertEquals(CacheContract.counts(0, 0, 1, 0), CacheContract.counts(one.control().stats()));
    assertEquals(CacheContract.counts(2, 1, 0, 0), CacheContract.counts(other.control().stats()));
  }
}
