package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of places: typed, for all caches or for one, and told where they are wrong. */
final class PlaceKeysTest {
  private static final String FILE = "classpath:larder.yaml:";
  private static final String DISK_WORDS =
      "access-times, compress-above, durability, interval, path, readers";
  private static final String MEMORY_WORDS =
      "expire-after-access, expire-after-write, largest-entry, maximum-bytes, maximum-entries, "
          + "warm-start";

  private static Map<String, String> options(Reading reading, String cache) {
    return reading.cache(cache).placement().options();
  }

  @Test
  void oneWordAndAPathMoveEveryCacheToDisk() {
    var spec = Reading.of("topology: disk", "disk.path: cache.db").cache("users");
    assertEquals("disk", spec.placement().topology());
    assertEquals(Map.of("disk.path", "cache.db"), spec.placement().options());
  }

  @Test
  void everyOptionReachesThePlaceAsAStoreReadsIt() {
    var reading =
        Reading.of(
            "topology: disk",
            "disk:",
            "  path: /data/cache.db",
            "  durability: EACH-WRITE",
            "  interval: 1m30s",
            "  access-times: exact",
            "  compress-above: 4KB",
            "  readers: 16",
            "memory:",
            "  maximum-entries: 1_000",
            "  maximum-bytes: 64MB",
            "  expire-after-write: 10m",
            "  expire-after-access: never",
            "  largest-entry: 1MB",
            "  warm-start: never");
    assertEquals(
        Map.ofEntries(
            Map.entry("disk.path", "/data/cache.db"),
            Map.entry("disk.durability", "each-write"),
            Map.entry("disk.interval", "PT1M30S"),
            Map.entry("disk.access-times", "exact"),
            Map.entry("disk.compress-above", "4096"),
            Map.entry("disk.readers", "16"),
            Map.entry("memory.maximum-entries", "1000"),
            Map.entry("memory.maximum-bytes", "67108864"),
            Map.entry("memory.expire-after-write", "PT10M"),
            Map.entry("memory.expire-after-access", "never"),
            Map.entry("memory.largest-entry", "1048576"),
            Map.entry("memory.warm-start", "never")),
        options(reading, "users"));
  }

  @Test
  void serversAndCopiesAreToldAsTheStoreReadsThem() {
    var reading =
        Reading.of(
            "topology: remote",
            "remote:",
            "  hosts: [one:8080, two:8080]",
            "  timeout: 3s",
            "  connect-timeout: 500ms",
            "  max-retries: 0",
            "  connections: 8",
            "  max-queued: 500",
            "  max-queued-bytes: 1MB",
            "  lease: 1m",
            "  tls: TRUE",
            "  trust: /etc/authority.crt",
            "  user: shop",
            "  password: hunter2",
            "  credentials: vault",
            "near: {maximum-entries: 0, maximum-bytes: 1KB, largest-entry: 1MB, max-staleness: 2s,"
                + " clock: coarse}");
    assertEquals(
        Map.ofEntries(
            Map.entry("remote.hosts", "one:8080,two:8080"),
            Map.entry("remote.timeout", "PT3S"),
            Map.entry("remote.connect-timeout", "PT0.5S"),
            Map.entry("remote.max-retries", "0"),
            Map.entry("remote.connections", "8"),
            Map.entry("remote.max-queued", "500"),
            Map.entry("remote.max-queued-bytes", "1048576"),
            Map.entry("remote.lease", "PT1M"),
            Map.entry("remote.tls", "true"),
            Map.entry("remote.trust", "/etc/authority.crt"),
            Map.entry("remote.user", "shop"),
            Map.entry("remote.password", "hunter2"),
            Map.entry("remote.credentials", "vault"),
            Map.entry("near.maximum-entries", "0"),
            Map.entry("near.maximum-bytes", "1024"),
            Map.entry("near.largest-entry", "1048576"),
            Map.entry("near.max-staleness", "PT2S"),
            Map.entry("near.clock", "coarse")),
        options(reading, "users"));
    assertFalse(reading.cache("users").toString().contains("hunter2"), "a description is logged");
  }

  @Test
  void refusalNeverShowsThePassword() {
    var message =
        Reading.of("topology: remote", "remote: {password: hunter2, timeout: soon}")
            .property("larder.caches.users.remote.password", "hunter3")
            .property("larder.remote.passwort", "hunter4")
            .refusal();
    assertFalse(message.contains("hunter"), message);
    assertTrue(message.contains("remote.timeout"), message);
  }

  @Test
  void unknownOptionOfServersOrCopiesIsTold() {
    assertEquals(
        FILE
            + "2:3: unknown key 'host', did you mean 'hosts'?; allowed: connect-timeout,"
            + " connections, credentials, hosts, lease, max-queued, max-queued-bytes, max-retries, password, timeout, tls,"
            + " trust, user",
        Reading.of("remote:", "  host: x").refusal());
    assertEquals(
        FILE
            + "1:8: unknown key 'staleness'; allowed: clock, largest-entry, max-staleness,"
            + " maximum-bytes, maximum-entries",
        Reading.of("near: {staleness: 1s}").refusal());
  }

  @Test
  void sectionOfACacheSaysItForThatCacheAlone() {
    var reading =
        Reading.of(
            "topology: disk",
            "disk: {path: /all, readers: 4}",
            "memory.maximum-entries: 100",
            "caches:",
            "  users: {disk: {path: /users}, memory: {maximum-entries: 7}}");
    assertEquals(
        Map.of("disk.path", "/users", "disk.readers", "4", "memory.maximum-entries", "7"),
        options(reading, "users"));
    assertEquals(
        Map.of("disk.path", "/all", "disk.readers", "4", "memory.maximum-entries", "100"),
        options(reading, "others"));
  }

  @Test
  void cacheInMemoryIsToldNoneOfThem() {
    var reading =
        Reading.of(
            "topology: disk",
            "disk.path: /all",
            "memory.maximum-entries: 100",
            "caches: {here: {topology: memory}}");
    assertEquals(Map.of(), options(reading, "here"));
  }

  static Stream<Key<?>> placeKeys() {
    return PlaceKeys.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("placeKeys")
  void optionOfOneCacheMeansTheSameFromFilePropertyAndOverride(Key<?> key) {
    var group = PlaceKeys.group(key.name());
    var topology =
        switch (group) {
          case "remote", "far" -> group;
          case "cluster" -> "attic";
          default -> "disk";
        };
    for (var name : List.of("users", "com.acme.User", "a.disk", "session-*")) {
      var path = "caches." + name + "." + key.name();
      var sample = key.kind().sample();
      var section =
          new String[] {
            "topology: " + topology,
            "disk.path: /x",
            "caches:",
            "  '" + name + "':",
            "    " + key.name() + ": " + sample
          };
      var start = new String[] {section[0], section[1]};
      var expected = options(Reading.of(section), name.replace('*', 'x'));
      assertEquals(
          !group.equals("cluster"), expected.containsKey(key.name()), "options of its place only");
      for (var other :
          List.of(
              Reading.of(start).property("larder." + path, sample),
              Reading.of(start).override(path, sample))) {
        assertEquals(expected, options(other, name.replace('*', 'x')), path);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disk.path | '''''' | the text is empty; allowed: text that is not empty",
        "disk.durability | full | 'full' is not one of its words; allowed: each-write, interval,"
            + " none",
        "disk.interval | 100 | '100' is not a time (it has no unit); allowed: a time from 1ms"
            + " to 1h, such as 250ms or 10s",
        "disk.interval | never | 'never' is out of range; allowed: a time from 1ms to 1h, such as"
            + " 250ms or 10s",
        "disk.interval | 2h | '2h' is out of range; allowed: a time from 1ms to 1h, such as 250ms or"
            + " 10s",
        "disk.interval | 0s | '0s' is out of range; allowed: a time from 1ms to 1h, such as 250ms"
            + " or 10s",
        "disk.access-times | fine | 'fine' is not one of its words; allowed: coarse, exact",
        "disk.compress-above | big | 'big' is not a size; allowed: a number of bytes, or one with"
            + " KB, MB or GB (of 1,024 each), such as 64MB, or never",
        "disk.readers | 0 | '0' is out of range; allowed: a whole number, 1 to 64",
        "disk.readers | 65 | '65' is out of range; allowed: a whole number, 1 to 64",
        "memory.maximum-entries | -5 | '-5' is out of range; allowed: a whole number, 0 or more",
        "memory.maximum-bytes | lots | 'lots' is not a size; allowed: a number of bytes, or one"
            + " with KB, MB or GB (of 1,024 each), such as 64MB",
        "memory.expire-after-write | 0s | '0s' is out of range; allowed: a time longer than zero"
            + " such as 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never",
        "memory.expire-after-access | soon | 'soon' is not a time; allowed: a time longer than zero"
            + " such as 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never",
        "memory.largest-entry | 1XB | '1XB' is not a size; allowed: a number of bytes, or one with"
            + " KB, MB or GB (of 1,024 each), such as 64MB",
        "remote.hosts | '''''' | the text is empty; allowed: a list, or text with commas",
        "remote.timeout | 6m | '6m' is out of range; allowed: a time from 1ms to 5m, such as 5s",
        "remote.connect-timeout | 0s | '0s' is out of range; allowed: a time from 1ms to 5m, such as"
            + " 2s",
        "remote.max-retries | 11 | '11' is out of range; allowed: a whole number, 0 to 10",
        "remote.connections | 0 | '0' is out of range; allowed: a whole number, 1 to 256",
        "remote.max-queued | 0 | '0' is out of range; allowed: a whole number, 1 to 1000000",
        "remote.max-queued-bytes | lots | 'lots' is not a size; allowed: a number of bytes, or one"
            + " with KB, MB or GB (of 1,024 each), such as 64MB",
        "remote.lease | 5 | '5' is not a time (it has no unit); allowed: a time from 1ms to 5m, such"
            + " as 30s",
        "remote.tls | yes | 'yes' is not one of its words; allowed: false, true",
        "near.max-staleness | 10ms | '10ms' is out of range; allowed: a time from 50ms to 1h, such"
            + " as 1s",
        "near.maximum-bytes | lots | 'lots' is not a size; allowed: a number of bytes, or one with"
            + " KB, MB or GB (of 1,024 each), such as 64MB",
        "memory.warm-start | 5 | '5' is not a time (it has no unit); allowed: a time such as 250ms,"
            + " 10s, 5m, 1h30m, 7d or PT10S, or never (the same as 0s)"
      })
  void wrongValueIsToldWhereItStands(String key, String value, String problem) {
    assertEquals(
        FILE + "1:" + (key.length() + 3) + ": " + key + ": " + problem,
        Reading.of(key + ": " + value).refusal());
    var word = key.substring(key.indexOf('.') + 1);
    assertEquals(
        FILE + "3:" + (word.length() + 7) + ": " + key + ": " + problem,
        Reading.of(
                "caches:",
                "  users: {" + key.substring(0, key.indexOf('.')) + ": {",
                "    " + word + ": " + value + "}}")
            .refusal());
  }

  @Test
  void wrongVariablesAndPropertiesAreToldByTheirNames() {
    assertEquals(
        "environment variable LARDER_DISK_DURABILITY: disk.durability: 'always' is not one of its"
            + " words; allowed: each-write, interval, none",
        Reading.nothing().variable("LARDER_DISK_DURABILITY", "always").refusal());
    assertEquals(
        "system property larder.caches.users.memory.largest-entry: memory.largest-entry: 'huge' is"
            + " not a size; allowed: a number of bytes, or one with KB, MB or GB (of 1,024 each),"
            + " such as 64MB",
        Reading.nothing().property("larder.caches.users.memory.largest-entry", "huge").refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "pth, path",
    "file, path",
    "directory, path",
    "fsync, durability",
    "durabilty, durability",
    "compression, compress-above",
    "accessTimes, access-times"
  })
  void unknownOptionIsToldWithTheNearestOfItsGroup(String word, String meant) {
    assertEquals(
        FILE
            + ("2:3: unknown key '" + word + "', did you mean '" + meant + "'?; allowed: ")
            + DISK_WORDS,
        Reading.of("disk:", "  " + word + ": x").refusal());
  }

  @Test
  void unknownOptionOfOneCacheIsToldToo() {
    assertEquals(
        FILE
            + "1:27: unknown key 'ttl', did you mean 'expire-after-write'?; allowed: "
            + MEMORY_WORDS,
        Reading.of("caches: {users: {memory: {ttl: 5s}}}").refusal());
    assertEquals(
        "system property larder.caches.users.disk.pth: unknown key path 'caches.users.disk.pth',"
            + " did you mean 'path'?; allowed: caches.<name>.disk. before one of "
            + DISK_WORDS,
        Reading.nothing().property("larder.caches.users.disk.pth", "x").refusal());
    assertTrue(
        Reading.nothing()
            .property("larder.disk.pth", "x")
            .refusal()
            .startsWith(
                "system property larder.disk.pth: unknown key path 'disk.pth', did you mean"
                    + " 'disk.path'?; allowed: "));
    assertTrue(
        Reading.nothing()
            .property("larder.caches.", "x")
            .refusal()
            .startsWith("system property larder.caches.: unknown key path 'caches.'"));
  }

  @Test
  void unknownVariableOfADiskIsOneWarningWithAGuess() {
    var reading = Reading.nothing().variable("LARDER_DISK_PTH", "/x");
    reading.read();
    assertEquals(
        List.of(
            "unknown environment variable LARDER_DISK_PTH is ignored, did you mean"
                + " 'LARDER_DISK_PATH'?"),
        reading.warnings);
  }

  @Test
  void optionsOfAPlaceDoNotStandUnderDefaults() {
    var message = Reading.of("defaults:", "  disk: {path: /x}").refusal();
    assertTrue(
        message.startsWith(
            FILE
                + "2:3: options of a place stand at the top of the file, or in the section of one"
                + " cache, not under defaults; allowed: "),
        message);
  }

  @Test
  void aTextInPlaceOfTheSectionIsTold() {
    assertEquals(
        FILE + "1:7: disk must be a section but is a text; allowed: key: value",
        Reading.of("disk: /var/cache.db").refusal());
  }

  @Test
  void copiesThatIdleLongerThanTheyLiveAreTold() {
    assertEquals(
        FILE
            + "1:55: memory.expire-after-access is longer than memory.expire-after-write, so it"
            + " would do nothing (see "
            + FILE
            + "1:30); allowed: memory.expire-after-access up to the value of"
            + " memory.expire-after-write",
        Reading.of("memory: {expire-after-write: 1m, expire-after-access: 2m}").refusal());
  }

  @Test
  void tierOfMemoryInACacheOfMemoryIsTold() {
    assertEquals(
        FILE
            + "1:60: memory.maximum-entries is about the tier in front of another place, and this"
            + " cache is in memory (see "
            + FILE
            + "1:28); allowed: the keys without memory. in front, such as maximum-entries",
        Reading.of("caches: {users: {topology: memory, memory.maximum-entries: 5}}").refusal());
  }

  @Test
  void anApplicationMovedToMemoryForATestKeepsItsOptionsUnused() {
    var reading =
        Reading.of("topology: disk", "disk.path: /x", "memory.maximum-entries: 5")
            .property("larder.topology", "memory");
    assertEquals(Map.of(), options(reading, "users"));
  }

  @Test
  void diskWithoutAPathIsToldWhereTheTopologyWasChosen() {
    var asked = " cache 'users' is on disk, but where? disk.path is not set; allowed: a file, or ";
    assertTrue(noPath(Reading.of("topology: disk")).startsWith(FILE + "1:11:" + asked));
    assertTrue(
        noPath(Reading.of("caches: {users: {topology: disk}}")).startsWith(FILE + "1:28:" + asked));
    assertTrue(
        noPath(Reading.nothing().variable("LARDER_TOPOLOGY", "disk"))
            .startsWith("environment variable LARDER_TOPOLOGY:" + asked));
  }

  private static String noPath(Reading reading) {
    return assertThrows(ConfigurationException.class, () -> reading.cache("users")).getMessage();
  }

  @Test
  void pathMayComeFromCode() {
    var spec = CacheSpec.of("a").option("disk.path", "/code").build();
    var done = Reading.of("topology: disk").read().complete(spec);
    assertEquals(Map.of("disk.path", "/code"), done.placement().options());
  }
}
