package dev.larder.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.codec.Snapshots.Format;
import dev.larder.spi.Inventory;
import dev.larder.spi.Kept;
import dev.larder.testkit.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot of a cache on disk is one like any other: all entries, in the order of hotness. */
class DiskSnapshotTest {
  private final VirtualClock clock = new VirtualClock();
  private final Larder larder = Larder.builder().clock(new Going(clock)).open();
  @TempDir private Path folder;

  /** Access times are kept to the millisecond, so time goes on by one whenever it is asked for. */
  private record Going(VirtualClock clock) implements Clock {
    @Override
    public long now() {
      return clock.now();
    }

    @Override
    public long exact() {
      clock.advance(Duration.ofMillis(1));
      return clock.exact();
    }

    @Override
    public long ticks() {
      return clock.ticks();
    }

    @Override
    public long resolutionMillis() {
      return clock.resolutionMillis();
    }
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private Cache<String, Integer> cache(
      String name, String topology, UnaryOperator<CacheSpec.Builder<String, Integer>> more) {
    var spec =
        CacheSpec.of(name, String.class, Integer.class)
            .topology(topology)
            .option("disk.path", folder.resolve("cache.db").toString())
            .option("disk.access-times", "exact")
            // Few of the entries are in memory too: a snapshot is of the disk.
            .option("memory.maximum-entries", "2")
            .maximumEntries(1_000);
    return larder.create(more.apply(spec).build());
  }

  private Cache<String, Integer> onDisk(String name) {
    return cache(name, "disk", spec -> spec);
  }

  /** Six entries, of which two were read lately, each access in a millisecond of its own. */
  private Cache<String, Integer> filled(String name) {
    var cache = onDisk(name);
    for (var key : List.of("a", "b", "c", "d", "e", "f")) {
      cache.put(key, (int) key.charAt(0));
      clock.advance(Duration.ofSeconds(2));
    }
    for (var key : List.of("d", "b")) {
      assertEquals((int) key.charAt(0), cache.get(key));
      clock.advance(Duration.ofSeconds(2));
    }
    return cache;
  }

  @SuppressWarnings("unchecked") // what the test opened
  private static List<String> coldestFirst(Cache<String, Integer> cache) {
    var keys = new ArrayList<String>();
    var entries = ((Inventory<String, Integer>) cache).coldestFirst();
    entries.forEachRemaining((Kept<String, Integer> kept) -> keys.add(kept.key()));
    return keys;
  }

  private static Map<String, Integer> contents(Cache<String, Integer> cache) {
    var contents = new HashMap<String, Integer>();
    cache.forEach(entry -> contents.put(entry.key(), entry.value()));
    return contents;
  }

  @Test
  void coldestIsWhatWasAccessedLongestAgo() {
    assertEquals(List.of("a", "c", "e", "f", "d", "b"), coldestFirst(filled("one")));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void orderAndContentsComeBackOnDisk(Format format) {
    var before = filled("before");
    var file = folder.resolve("snapshot");
    assertEquals(6, Snapshots.save(before, file, format).entries());
    var after = onDisk("after");
    assertEquals(6, Snapshots.restore(after, file).entries());
    assertEquals(contents(before), contents(after));
    assertEquals(List.of("a", "c", "e", "f", "d", "b"), coldestFirst(after));
  }

  @Test
  void hottestComeBackWhereFewerFit() {
    var file = folder.resolve("snapshot");
    Snapshots.save(filled("before"), file, Format.CBOR);
    var small = cache("small", "disk", spec -> spec.maximumEntries(3));
    var restored = Snapshots.restore(small, file);
    assertEquals(3, restored.entries());
    assertEquals(3, restored.surplus());
    assertEquals(Map.of("f", (int) 'f', "d", (int) 'd', "b", (int) 'b'), contents(small));
  }

  @Test
  void snapshotCarriesEntriesBetweenDiskAndMemory() {
    var file = folder.resolve("snapshot");
    Snapshots.save(filled("before"), file, Format.CBOR);
    var memory = cache("memory", "memory", spec -> spec.maximumEntries(3));
    Snapshots.restore(memory, file);
    assertEquals(Map.of("f", (int) 'f', "d", (int) 'd', "b", (int) 'b'), contents(memory));
    Snapshots.save(memory, file, Format.JSON);
    var back = onDisk("back");
    assertEquals(3, Snapshots.restore(back, file).entries());
    assertEquals(contents(memory), contents(back));
  }

  @Test
  void remainingLivesAndExpiredEntriesAreAsTheyWere() {
    var before = cache("before", "disk", spec -> spec.expireAfterWrite(Duration.ofMinutes(10)));
    before.put("old", 1);
    clock.advance(Duration.ofMinutes(4));
    before.put("own", 2, Duration.ofHours(1));
    before.put("short", 3, Duration.ofMinutes(1));
    clock.advance(Duration.ofMinutes(2));
    var file = folder.resolve("snapshot");
    assertEquals(2, Snapshots.save(before, file, Format.CBOR).entries(), "one has expired");
    var after = cache("after", "disk", spec -> spec.expireAfterWrite(Duration.ofMinutes(10)));
    Snapshots.restore(after, file);
    clock.advance(Duration.ofMinutes(4).minusSeconds(1));
    assertTrue(after.contains("old"));
    clock.advance(Duration.ofSeconds(1));
    assertFalse(after.contains("old"));
    assertTrue(after.contains("own"));
    clock.advance(Duration.ofMinutes(54));
    assertFalse(after.contains("own"));
  }

  @Test
  void entriesOnDiskThatAreThereAlreadyStay() {
    var file = folder.resolve("snapshot");
    Snapshots.save(filled("before"), file, Format.CBOR);
    var after = onDisk("after");
    after.put("a", 0);
    var restored = Snapshots.restore(after, file);
    assertEquals(5, restored.entries());
    assertEquals(1, restored.present());
    assertEquals(0, after.get("a"));
  }
}
