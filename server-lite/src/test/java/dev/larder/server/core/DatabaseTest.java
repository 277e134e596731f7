package dev.larder.server.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.RemovalCause;
import dev.larder.codec.Snapshots;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Cursor;
import dev.larder.spi.Payload;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.testkit.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private final VirtualClock clock = new VirtualClock();
  private final Databases databases = new Databases(settings(), Map.of(3, "third"));

  private LarderBuilder settings() {
    return Larder.builder().clock(clock);
  }

  @AfterEach
  void close() {
    databases.close();
  }

  private static Bytes key(String text) {
    return new Bytes(text.getBytes(UTF_8));
  }

  private Database in(String topology) {
    var spec = Databases.spec("in-" + topology).topology(topology);
    return databases.create(
        topology.equals("disk") ? spec.option("disk.path", ":memory:").build() : spec.build());
  }

  private static Payload raw(Database database, String text) {
    return database.contents().raw(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void valuesComeBackByteForByteWithTheirContentType(String topology) {
    var database = in(topology);
    var json = database.contents().of("{\"a\":1}".getBytes(UTF_8), Contents.JSON);
    database.update(key("k"), Verbs.put(), json);

    var found = database.snapshot(key("k"), Touch.READ);

    assertNotNull(found);
    assertArrayEquals(json.array(), found.value().array());
    assertEquals(Contents.JSON, found.value().meta().contentType());
    assertEquals(topology.equals("disk"), database.waits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aChangeTellsTheVersionThatALookThenShows(String topology) {
    var database = in(topology);
    var first = database.change(key("k"), Verbs.put(), raw(database, "a"));
    var second = database.change(key("k"), Verbs.put(), raw(database, "b"));

    assertTrue(second.version() > first.version() && first.version() > 0);
    assertEquals(second.version(), database.snapshot(key("k"), Touch.PEEK).version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void watchersHearOfEveryChangeWithItsOperation(String topology) {
    var database = in(topology);
    var heard = new ArrayList<String>();
    var watcher =
        new Watcher() {
          @Override
          public void changed(Bytes key, Change<Payload> change, long operation) {
            heard.add(change.cause() + " " + operation);
          }

          @Override
          public void cleared(long operation) {
            heard.add("cleared " + operation);
          }
        };
    database.watch(watcher);
    Operation.run(7, () -> database.update(key("k"), Verbs.put(), raw(database, "a")));
    database.update(key("k"), Verbs.put(), raw(database, "b"));
    database.update(key("k"), Verbs.delete(), Verbs.Nothing.NOTHING);
    database.clear();
    database.unwatch(watcher);
    database.update(key("k"), Verbs.put(), raw(database, "c"));

    assertEquals(
        List.of("null 7", RemovalCause.REPLACED + " 0", RemovalCause.EXPLICIT + " 0", "cleared 0"),
        heard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aScanMeetsEveryEntryOnce(String topology) {
    var database = in(topology);
    var expected = new TreeSet<Bytes>();
    for (int each = 0; each < 1_000; each++) {
      expected.add(key("k" + each));
      database.update(key("k" + each), Verbs.put(), raw(database, "v"));
    }
    var met = new ArrayList<Bytes>();
    for (var cursor = Cursor.START; cursor != null; ) {
      var page = database.scan(cursor, 100);
      page.entries().forEach(entry -> met.add(entry.key()));
      cursor = page.next();
    }

    assertEquals(expected.size(), met.size());
    assertEquals(expected, new TreeSet<>(met));
  }

  @Test
  void entriesExpireByTheClock() {
    var database = databases.first();
    database.update(
        key("k"),
        Verbs.putWith(),
        new Verbs.Terms<>(raw(database, "v"), 1_000, raw(database, "v").meta()));
    clock.advance(Duration.ofSeconds(2));

    assertNull(database.get(key("k")));
    assertEquals(1, database.stats().misses());
  }

  @Test
  void theBoundByBytesCountsKeysAndValuesThatGrow() {
    var database =
        databases.create(
            Databases.spec("small").maximumEntries(1_000).maximumBytes(1 << 20).build());
    for (int each = 0; each < 10; each++) {
      database.update(key("k" + each), Verbs.put(), raw(database, "v"));
    }
    for (int each = 0; each < 10; each++) {
      database.update(key("k" + each), Verbs.put(), database.contents().raw(new byte[200 << 10]));
    }

    assertTrue(database.stats().estimatedBytes() <= 1 << 20, database.stats().toString());
    assertTrue(database.size() >= 4, "kept " + database.size());
    assertTrue(database.stats().evictions() >= 5);
  }

  @Test
  void manyKeysOfOneHashCodeAreFoundWithoutAWalkThroughAll() {
    var database = databases.create(Databases.spec("crowd").maximumEntries(20_000).build());
    var keys = colliding(14);
    keys.forEach(key -> database.update(key, Verbs.put(), raw(database, "v")));

    assertEquals(1, keys.stream().map(Bytes::hashCode).distinct().count());
    assertEquals(keys.size(), database.getAll(keys, Touch.PEEK).size());
  }

  /**
   * Two to the power of {@code pairs} keys of one hash code, by pairs of bytes that weigh alike.
   */
  private static List<Bytes> colliding(int pairs) {
    var keys = new ArrayList<Bytes>();
    for (int pattern = 0; pattern < 1 << pairs; pattern++) {
      var bytes = new byte[2 * pairs];
      for (int pair = 0; pair < pairs; pair++) {
        var other = (pattern >> pair & 1) == 1;
        bytes[2 * pair] = (byte) (other ? 'A' : 'B');
        bytes[2 * pair + 1] = (byte) (other ? 'a' + 31 - 32 : 'a' - 32);
      }
      keys.add(new Bytes(bytes));
    }
    return keys;
  }

  @Test
  void numbersKnowTheirDatabases() {
    assertEquals("default", databases.numbered(0).orElseThrow().name());
    assertEquals("third", databases.numbered(3).orElseThrow().name());
    assertTrue(databases.numbered(1).isEmpty());
    assertEquals(3, databases.number(databases.find("third").orElseThrow()));
    assertNull(databases.number(in("memory")));
  }

  @Test
  void namesThatCouldBePathsAreRefused() {
    for (var name : List.of("", "../x", "a/../b", "/a", "a/", ".hidden", "a b", "x".repeat(257))) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> Databases.spec(name));
      assertTrue(refusal.getMessage().contains("1 to 256"), refusal.getMessage());
    }
  }

  @Test
  void theDefaultDatabaseCannotBeDestroyed() {
    assertThrows(IllegalArgumentException.class, () -> databases.destroy("default"));
    assertTrue(databases.destroy("third"));
    assertFalse(databases.destroy("third"));
  }

  @Test
  void boundsNobodyChoseAreThoseOfAServer() {
    assertEquals(Databases.BOUNDS, databases.first().control().spec().bounds());
  }

  @Test
  void aSnapshotKeepsBytesAndContentTypes(@TempDir Path folder) {
    var file = folder.resolve("snapshot");
    var database = databases.first();
    database.update(
        key("k"), Verbs.put(), database.contents().of("[1]".getBytes(UTF_8), Contents.JSON));
    Snapshots.save(database.front(), file, Snapshots.Format.CBOR);
    database.clear();
    Snapshots.restore(database.front(), file);

    var back = database.snapshot(key("k"), Touch.PEEK);
    assertArrayEquals("[1]".getBytes(UTF_8), back.value().array());
    assertEquals(Contents.JSON, back.value().meta().contentType());
  }

  @Test
  void aVerbOfTheServerSeesTheEntryUnderItsKey() {
    var database = databases.first();
    Verb<Integer, Integer> grow =
        Verb.of(
            "grow",
            (by, slot) -> {
              var current = slot.current();
              var length = current == null ? by : current.value().array().length + by;
              slot.write(database.contents().raw(new byte[length]));
              return length;
            });

    assertEquals(2, database.update(key("k"), grow, 2));
    assertEquals(5, database.update(key("k"), grow, 3));
  }
}
