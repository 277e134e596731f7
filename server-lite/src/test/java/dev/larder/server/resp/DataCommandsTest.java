package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Contents;
import dev.larder.spi.Bytes;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a clock that stands still, small limits, or a look behind the protocol can show. */
class DataCommandsTest {
  private static Bytes key(String text) {
    return new Bytes(text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void livesEndToTheMillisecond(String topology) throws IOException {
    try (var console = Console.on(topology)) {
      assertEquals("OK, 1500", console.runAll("SET k v PX 1500", "PTTL k"));
      console.advance(Duration.ofMillis(1_499));
      assertEquals("'v', 1, 0", console.runAll("GET k", "PTTL k", "TTL k"));
      console.advance(Duration.ofMillis(1));
      assertEquals("nil, -2, 0", console.runAll("GET k", "PTTL k", "EXISTS k"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void secondsLeftAreRounded(String topology) throws IOException {
    try (var console = Console.on(topology)) {
      console.run("SET k v EX 10");
      console.advance(Duration.ofMillis(500));
      assertEquals("10", console.run("TTL k"));
      console.advance(Duration.ofMillis(1));
      assertEquals("9", console.run("TTL k"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aPlainWriteEndsADeadlineHoweverItCame(String topology) throws IOException {
    try (var console = Console.on(topology)) {
      for (var command : List.of("EXPIRE k 10", "GETEX k EX 10", "SET k w EX 10", "INCR k")) {
        console.runAll("SET k 5", "EXPIRE k 20", command);
        assertTrue(Integer.parseInt(console.run("TTL k")) > 0, command);
        assertEquals("OK, -1", console.runAll("SET k 6", "TTL k"), command);
      }
      assertEquals("OK, 1, OK, -1", console.runAll("SET k 5", "EXPIRE k 20", "MSET k 6", "TTL k"));
      assertEquals("1, '6', -1", console.runAll("EXPIRE k 20", "GETSET k 7", "TTL k"));
      var later = console.database().clock().exact() + 20_000;
      console.database().update(key("k"), Verbs.touchUntil(), later);
      assertEquals("20, OK, -1", console.runAll("TTL k", "SET k 8", "TTL k"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void changesOfPartsKeepTheDeadlineAndTheContentType(String topology) throws IOException {
    try (var console = Console.on(topology)) {
      var database = console.database();
      var json = database.contents().of("10".getBytes(ISO_8859_1), Contents.JSON);
      database.update(key("k"), Verbs.put(), json);
      console.run("EXPIRE k 100");
      for (var command :
          List.of("INCR k", "INCRBYFLOAT k 1", "APPEND k 0", "SETRANGE k 0 2", "PERSIST k")) {
        console.run(command);
        assertEquals(command.startsWith("PERSIST") ? "-1" : "100", console.run("TTL k"), command);
        var entry = database.snapshot(key("k"), Touch.PEEK);
        assertNotNull(entry);
        assertEquals(Contents.JSON, entry.value().meta().contentType(), command);
      }
      assertEquals("'220', OK", console.runAll("GET k", "SET k 1 KEEPTTL"));
      assertEquals(
          Contents.RAW, database.snapshot(key("k"), Touch.PEEK).value().meta().contentType());
    }
  }

  @Test
  void theRuleOfTheCacheGivesALifeToWhatSaysNothing() throws IOException {
    try (var console = Console.with("defaults.expire-after-write", "60s")) {
      assertEquals(
          "OK, 60, 1, 60, 1, 60, OK, 60",
          console.runAll(
              "SET a v", "TTL a", "INCR b", "TTL b", "SETNX c v", "TTL c", "MSET d v", "TTL d"));
      console.advance(Duration.ofSeconds(20));
      assertEquals("2, 40", console.runAll("INCR b", "TTL b"));
      assertEquals("1, -1, OK, 60", console.runAll("PERSIST a", "TTL a", "SET a w", "TTL a"));
      assertEquals("1, 90, 2, 90", console.runAll("EXPIRE c 90", "TTL c", "APPEND c w", "TTL c"));
    }
  }

  @Test
  void aDeadlineThatWasGivenIsNotMovedByTheReadsOfASlidingRule() throws IOException {
    try (var console = Console.with("defaults.expire-after-access", "60s")) {
      console.runAll("SET a v", "SET b v", "EXPIRE b 90");
      console.advance(Duration.ofSeconds(30));
      assertEquals(
          "'v', 60, 'v', 60, 1, 200, 'v', 200",
          console.runAll(
              "GET a", "TTL a", "GET b", "TTL b", "EXPIRE b 200", "TTL b", "GET b", "TTL b"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void keysThatAreTooLongAreRefused(String topology) throws IOException {
    try (var console = Console.small(topology, 100, 1_000)) {
      var longKey = "k".repeat(101);
      for (var command :
          List.of(
              "GET %", "SET % v", "DEL a %", "EXPIRE % 10", "MGET a %", "TTL %", "RENAME a %")) {
        console.run("SET a v");
        assertEquals(
            "-ERR the key has 101 bytes, more than 100",
            console.run(command.replace("%", longKey)));
      }
      assertEquals("['a']", console.run("KEYS *"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void valuesThatAreTooLongAreRefusedAndChangeNothing(String topology) throws IOException {
    try (var console = Console.small(topology, 1_000, 100)) {
      var longValue = "v".repeat(101);
      for (var command : List.of("SET k ", "SETNX k ", "GETSET k ", "MSET a b k ", "SETEX k 9 ")) {
        assertEquals(
            "-ERR the value has 101 bytes, more than 100", console.run(command + longValue));
      }
      assertEquals("0", console.run("EXISTS k a"));
      var tooLong = "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";
      assertEquals(tooLong, console.run("SETRANGE k 100 v"));
      assertEquals(tooLong, console.run("SETRANGE k 9223372036854775807 v"));
      assertEquals("100", console.run("SETRANGE k 99 v"));
      assertEquals(tooLong, console.run("APPEND k v"));
      assertEquals(tooLong, console.run("APPEND none " + longValue));
      assertEquals("100, 0", console.runAll("STRLEN k", "EXISTS none"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void keysRefusesMoreThanABatchAndScanGivesThemAll(String topology) throws IOException {
    try (var console = Console.small(topology, 100, 1_000)) {
      for (int each = 0; each < 61; each++) {
        console.run("SET k" + each + " v");
      }
      assertEquals(
          "-ERR more than 60 keys match, which is too much for one answer; use SCAN",
          console.run("KEYS *"));
      assertEquals("['k50']", console.run("KEYS k*50"));
      assertEquals(61, scanned(console, "COUNT 7").size());
      assertEquals(61, scanned(console, "COUNT 1000000000").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void keysRefusesMoreBytesThanMayWaitForAClient(String topology) throws IOException {
    try (var console = Console.small(topology, 3_000, 1_000)) {
      for (int each = 0; each < 40; each++) {
        console.run("SET " + each + "k".repeat(2_900) + " v");
      }
      assertEquals(
          "-ERR more than 39 keys match, which is too much for one answer; use SCAN",
          console.run("KEYS *"));
      assertEquals(40, scanned(console, "COUNT 10").size());
    }
  }

  /** Steps over large values are small ones, and still meet everything. */
  @Test
  void aScanOverLargeAndSmallValuesMeetsThemAll() throws IOException {
    try (var console = Console.on("disk")) {
      var large = "v".repeat(3_000_000);
      for (int each = 0; each < 60; each++) {
        console.run("SET k" + each + " " + (each % 20 == 0 ? large : "small"));
      }
      assertEquals(60, new HashSet<>(scanned(console, "COUNT 13")).size());
      assertEquals(60, console.run("KEYS *").split(", ").length);
    }
  }

  private static List<String> scanned(Console console, String words) throws IOException {
    var keys = new ArrayList<String>();
    var cursor = "0";
    do {
      var answer = console.run("SCAN " + cursor + " " + words);
      int quote = answer.indexOf('\'', 2);
      cursor = answer.substring(2, quote);
      var rest = answer.substring(quote + 4, answer.length() - 2);
      keys.addAll(rest.isEmpty() ? List.of() : List.of(rest.split(", ")));
    } while (!cursor.equals("0"));
    return keys;
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void anEntryPresentThroughoutAScanComesExactlyOnceWhateverElseChanges(String topology)
      throws IOException {
    try (var console = Console.on(topology)) {
      for (int each = 0; each < 300; each++) {
        console.run("SET stay" + each + " v");
      }
      var keys = new ArrayList<String>();
      var cursor = "0";
      int other = 0;
      do {
        var answer = console.run("SCAN " + cursor + " MATCH stay* COUNT 5");
        int quote = answer.indexOf('\'', 2);
        cursor = answer.substring(2, quote);
        var rest = answer.substring(quote + 4, answer.length() - 2);
        keys.addAll(rest.isEmpty() ? List.of() : List.of(rest.split(", ")));
        for (int each = 0; each < 20; each++) {
          console.runAll("SET other" + other++ + " v", "DEL other" + (other - 30));
        }
      } while (!cursor.equals("0"));
      assertEquals(300, keys.size());
      assertEquals(300, new HashSet<>(keys).size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void everyKeyIsDrawnNowAndThen(String topology) throws IOException {
    try (var console = Console.on(topology)) {
      assertEquals("nil", console.run("RANDOMKEY"));
      var drawn = new HashSet<String>();
      for (int each = 0; each < 20; each++) {
        console.run("SET k" + each + " v");
      }
      for (int draw = 0; draw < 2_000 && drawn.size() < 20; draw++) {
        console.advance(Duration.ofNanos(1_001));
        drawn.add(console.run("RANDOMKEY"));
      }
      assertEquals(20, drawn.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void bytesOfAllKindsComeBackAsTheyWere(String topology) throws IOException {
    try (var console = Console.on(topology)) {
      var all = new byte[256];
      for (int each = 0; each < all.length; each++) {
        all[each] = (byte) each;
      }
      console.answer("set".getBytes(ISO_8859_1), all.clone(), all.clone());
      var answer = console.answer("get".getBytes(ISO_8859_1), all.clone());
      assertArrayEquals(
          ("$256\r\n" + new String(all, ISO_8859_1) + "\r\n").getBytes(ISO_8859_1),
          answer.getBytes(ISO_8859_1));
      assertEquals("0", console.run("DEL \u0000"));
      assertEquals(1, scanned(console, "COUNT 10").size());
    }
  }

  @Test
  void readsAndWritesAreCounted() throws IOException {
    try (var console = Console.on("memory")) {
      console.runAll("SET a v", "GET a", "GET none", "MGET a b", "INCR n", "MSET x 1 y 2");
      assertEquals(List.of(2L, 2L, 4L, 0L), counted(console));
      console.runAll("GETEX x EX 9", "GETEX none EX 9", "GETSET x 2", "SET none 1 XX GET");
      assertEquals(List.of(4L, 4L, 5L, 0L), counted(console));
      console.runAll("GETDEL x", "GETDEL x", "DEL a n none", "RENAME y z");
      assertEquals(List.of(5L, 5L, 6L, 4L), counted(console));
    }
  }

  /** Hits, misses, puts, removals. */
  private static List<Long> counted(Console console) {
    var stats = console.database().stats();
    return List.of(stats.hits(), stats.misses(), stats.puts(), stats.removals());
  }

  @Test
  void aDeadlineBeyondWhatIsKeptIsNever() throws IOException {
    try (var console = Console.on("memory")) {
      assertEquals("OK, -1", console.runAll("SET k v PXAT " + Long.MAX_VALUE, "TTL k"));
      assertEquals(
          "-ERR invalid expire time in 'set' command", console.run("SET k v PX " + Long.MAX_VALUE));
    }
  }

  @Test
  void memoryUsageIsWhatTheBoundByBytesAccounts() throws IOException {
    try (var console = Console.on("memory")) {
      for (int length = 1; length < 60; length += 7) {
        var key = "k".repeat(length);
        console.runAll("FLUSHALL", "SET " + key + " " + "v".repeat(60 - length));
        var accounted = Long.toString(console.database().stats().estimatedBytes());
        assertEquals(accounted, console.run("MEMORY USAGE " + key));
        assertEquals(accounted, console.run("MEMORY USAGE " + key + " SAMPLES 0"));
      }
    }
  }

  @Test
  void howOftenAndWhenAnEntryWasReadIsNotTold() throws IOException {
    try (var console = Console.on("memory")) {
      console.run("SET k v");
      assertTrue(console.run("OBJECT FREQ k").startsWith("-ERR An LFU maxmemory policy is"));
      assertTrue(console.run("OBJECT IDLETIME k").endsWith("time to adjust."));
      assertEquals(
          "['maxmemory-policy', 'allkeys-lfu']", console.run("CONFIG GET maxmemory-policy"));
    }
  }

  @Test
  void copyWithinOneDatabaseOnly() throws IOException {
    try (var console = Console.on("memory")) {
      assertEquals(
          "OK, 1, -ERR COPY works within one database, -ERR DB index is out of range",
          console.runAll("SET a v", "COPY a b DB 0", "COPY a c DB 1", "COPY a c DB 7"));
    }
  }
}
