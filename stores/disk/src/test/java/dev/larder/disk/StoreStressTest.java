package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.spi.Cursor;
import dev.larder.spi.Selection;
import dev.larder.spi.Touch;
import dev.larder.spi.Upkeep;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.Actor;
import dev.larder.testkit.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many actors on few keys of one store while it commits, evicts, expires, fails and is cleared.
 * Each test names the outcome it forbids. {@code larder.test.seed} sets the seed.
 */
class StoreStressTest {
  private static final int KEYS = 24;
  private static final int ACTORS = 6;
  private static final int ROUNDS = 3_000;
  private static final long SEED = Long.getLong("larder.test.seed", 20_261_121L);

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock();

  private Opened file(CacheSpec.Builder<String, String> spec) {
    return Opened.file(clock, directory.resolve("cache.db").toString(), spec);
  }

  /** Runs the actors beside one that has the store do its background work. */
  private static void together(Opened opened, Actor.Part part) {
    var over = new AtomicBoolean();
    var flusher =
        Actor.run(
            "flusher",
            any -> {
              while (!over.get()) {
                opened.advance(10);
                Thread.onSpinWait();
              }
            });
    try {
      Actor.together(ACTORS, part);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + SEED, e);
    } finally {
      over.set(true);
    }
    flusher.result();
  }

  private static String key(int number) {
    return "k" + number;
  }

  /** Forbidden: a read that gives a value older than one that was acknowledged before it began. */
  @Test
  void readIsNeverOlderThanAWriteThatHadEnded() {
    try (var opened = file(Opened.spec())) {
      neverOlder(opened);
      assertEquals(KEYS, opened.contents().size());
    }
  }

  @Test
  void readIsNeverOlderThanAWriteThatHadEndedWhileCommitsFail() {
    var table = new FakeTable();
    var count = new java.util.concurrent.atomic.AtomicInteger();
    table.beforeCommit(
        () -> {
          if (count.incrementAndGet() % 3 == 0) {
            table.failCommits(1);
          }
        });
    var opened = Opened.over(table);
    neverOlder(opened);
    table.beforeCommit(null);
    table.failCommits(0);
    assertEquals(KEYS, opened.contents().size());
    opened.close();
    assertEquals(KEYS, table.size());
  }

  private static void neverOlder(Opened opened) {
    var acknowledged = new AtomicLongArray(KEYS);
    together(
        opened,
        number -> {
          var random = new Random(SEED + number);
          for (int i = 0; i < ROUNDS; i++) {
            var at = random.nextInt(KEYS);
            if (at % ACTORS == number) {
              // One writer for each key, so that what was acknowledged last is known.
              var next = acknowledged.get(at) + 1;
              opened.put(key(at), Long.toString(next));
              acknowledged.set(at, next);
            } else {
              var known = acknowledged.get(at);
              var seen = opened.get(key(at), i % 2 == 0 ? Touch.READ : Touch.PEEK);
              var value = seen == null ? 0 : Long.parseLong(seen);
              assertTrue(value >= known, () -> key(at) + ": " + value + " read after " + known);
            }
          }
        });
    for (int at = 0; at < KEYS; at++) {
      opened.put(key(at), "end");
    }
  }

  /** Forbidden: counters that differ from what is there, now or after opening again. */
  @Test
  void countersAreThoseOfTheEntriesWhateverHappened() {
    Map<String, String> contents;
    long bytes;
    try (var opened = file(bounded())) {
      together(opened, number -> anything(opened, new Random(SEED + number)));
      WaitingStore.join(opened.store.maintain(Upkeep.PURGE));
      contents = opened.contents();
      var info = opened.store.info();
      bytes = info.bytes();
      assertEquals(contents.size(), info.size(), "entries, seed " + SEED);
      assertEquals(bytes(contents), bytes, "bytes, seed " + SEED);
      assertTrue(info.size() <= 16, () -> info.size() + " entries of 16");
      assertEquals(List.of(), info.problems());
    }
    try (var again = file(bounded())) {
      assertEquals(contents, again.contents());
      assertEquals(contents.size(), again.size());
      assertEquals(bytes, again.store.info().bytes());
    }
  }

  private static CacheSpec.Builder<String, String> bounded() {
    return Opened.spec().maximumEntries(16).expireAfterAccess(Duration.ofSeconds(60));
  }

  private static long bytes(Map<String, String> contents) {
    return contents.entrySet().stream()
        .mapToLong(e -> e.getKey().length() + e.getValue().length() + (long) Cell.ROW_OVERHEAD)
        .sum();
  }

  private static void anything(Opened opened, Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      var key = key(random.nextInt(KEYS));
      var value = "v".repeat(random.nextInt(20));
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> opened.put(key, value);
        case 3, 4 -> opened.get(key);
        case 5 -> opened.remove(key);
        case 6 ->
            opened.together(
                List.of(
                    Opened.putting(key, value), Opened.putting(key(random.nextInt(KEYS)), value)));
        case 7 ->
            opened.store.updateAndWait(
                Rows.key(key),
                Verbs.putWith(),
                new Verbs.Terms<>(
                    Rows.value(value), 1 + random.nextInt(500), dev.larder.spi.Meta.NONE));
        case 8 -> leased(opened, key, value);
        case 9 -> WaitingStore.join(opened.store.scan(Cursor.START, 5));
        case 10 -> opened.store.updateAndWait(Rows.key(key), Verbs.putIfAbsent(), Rows.value("i"));
        default -> rarely(opened, random);
      }
    }
  }

  private static void leased(Opened opened, String key, String value) {
    var lease = WaitingStore.join(opened.store.lease(Rows.key(key), Duration.ofSeconds(1)));
    try {
      lease.slot().write(Rows.value(value));
      WaitingStore.join(lease.commit());
    } finally {
      lease.release();
    }
  }

  private static void rarely(Opened opened, Random random) {
    switch (random.nextInt(20)) {
      case 0 -> opened.store.invalidate(Selection.ALL);
      case 1 -> WaitingStore.join(opened.store.maintain(Upkeep.PURGE));
      case 2 -> WaitingStore.join(opened.store.maintain(new Upkeep.Evict(2)));
      case 3 -> opened.store.coldestFirst().forEachRemaining(kept -> {});
      default -> opened.get(key(random.nextInt(KEYS)), Touch.PEEK);
    }
  }

  /** Forbidden: a scan that misses an entry that stays, or shows one twice. */
  @Test
  void scanShowsEveryEntryThatStaysExactlyOnce() {
    try (var opened = file(Opened.spec())) {
      var stay = new HashMap<String, String>();
      for (int i = 0; i < 50; i++) {
        stay.put("stays" + i, "v");
        opened.put("stays" + i, "v");
      }
      together(
          opened,
          number -> {
            if (number < 3) {
              for (int i = 0; i < 600; i++) {
                opened.put("brief" + number + i % 7, "w").put("stays" + i % 50, "v");
                opened.remove("brief" + number + (i + 3) % 7);
              }
            } else {
              for (int i = 0; i < 20; i++) {
                var seen = new ArrayList<>(opened.contents().keySet());
                assertTrue(seen.containsAll(stay.keySet()), "an entry that stays was missed");
              }
            }
          });
    }
  }
}
