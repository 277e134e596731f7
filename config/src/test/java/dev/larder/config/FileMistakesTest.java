package dev.larder.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a file is told with its line, its column and what would be right. */
final class FileMistakesTest {
  private static final String FILE = "classpath:larder.yaml:";

  @Test
  void unknownKeyOfACacheIsToldWithTheNearestOne() {
    assertEquals(
        FILE
            + "3:5: unknown key 'maximum-entires', did you mean 'maximum-entries'?; allowed: attic, "
            + "cleanup-interval, clock, cluster, codec, copied-classes, disk, "
            + "expire-after-access, expire-after-write, far, immutable-classes, jitter, "
            + "load-timeout, maximum-bytes, maximum-entries, maximum-weight, memory, near, on-failure, "
            + "policy, remote, schema-version, serial-allow, statistics, topology, unbounded, "
            + "versions",
        Reading.of("caches:", "  users:", "    maximum-entires: 5").refusal());
  }

  @Test
  void unknownKeyAtTheTopIsToldWithTheWordsThatMayStandThere() {
    assertEquals(
        FILE
            + "1:1: unknown key 'toplogy', did you mean 'topology'?; allowed: attic, caches, "
            + "cluster, defaults, disk, far, jcache, memory, near, remote, server, topology",
        Reading.of("toplogy: memory").refusal());
  }

  @Test
  void unknownKeyBelowAGroupIsToldOnceForTheWholeSection() {
    assertEquals(
        FILE
            + "2:3: unknown key 'prot', did you mean 'port'?; allowed: "
            + "databases, event-loops, host, insecure, limits, load-test, log-format, log-level,"
            + " node-id, password, password-file, port, profile, resp-port, shutdown-timeout,"
            + " snapshot, tls, transport",
        Reading.of("server:", "  prot: {a: 1, b: 2}").refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "ttl, expire-after-write",
    "time-to-idle, expire-after-access",
    "maxSize, maximum-entries",
    "maximumEntries, maximum-entries",
    "EXPIRE_AFTER_WRITE, expire-after-write",
    "eviction-policy, policy"
  })
  void wordsOfOtherCachesAndOtherSpellingsAreUnderstoodInTheMessage(String word, String meant) {
    var message = Reading.of("defaults:", "  " + word + ": 5").refusal();
    assertTrue(message.contains("2:3: unknown key '" + word + "', did you mean '" + meant + "'?"));
  }

  @Test
  void wordFarFromEveryKeyGetsNoGuess() {
    var message = Reading.of("defaults:", "  zzz: 5").refusal();
    assertTrue(message.startsWith(FILE + "2:3: unknown key 'zzz'; allowed: "), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maximum-entries | -1 | '-1' is out of range; allowed: a whole number, 0 or more",
        "maximum-entries | many | 'many' is not a whole number; allowed: a whole number, 0 or more",
        "maximum-entries | 1.5 | '1.5' is not a whole number; allowed: a whole number, 0 or more",
        "maximum-entries | 99999999999999999999 | '99999999999999999999' is out of range; allowed:"
            + " a whole number, 0 or more",
        "schema-version | 2147483648 | '2147483648' is out of range; allowed:"
            + " a whole number, 0 to 2147483647, or a semantic version such as 1.4.2 (up to"
            + " 2047.1023.1023)",
        "schema-version | 1.4 | '1.4' is no semantic version, or out of range; allowed: a whole"
            + " number, 0 to 2147483647, or a semantic version such as 1.4.2 (up to"
            + " 2047.1023.1023)",
        "maximum-bytes | 64XB | '64XB' is not a size; allowed: a number of bytes, or one with KB,"
            + " MB or GB (of 1,024 each), such as 64MB",
        "maximum-bytes | 9999999999999GB | '9999999999999GB' is out of range; allowed: a number of"
            + " bytes, or one with KB, MB or GB (of 1,024 each), such as 64MB",
        "unbounded | false | 'false' is not one of its words; allowed: true",
        "expire-after-write | 10 | '10' is not a time (it has no unit); allowed: a time longer than"
            + " zero such as 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never",
        "expire-after-write | 0s | '0s' is out of range; allowed: a time longer than zero such as"
            + " 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never",
        "expire-after-access | PT-5S | 'PT-5S' is out of range; allowed: a time longer than zero"
            + " such as 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never",
        "cleanup-interval | 5 weeks | '5 weeks' is not a time; allowed: a time such as 250ms, 10s,"
            + " 5m, 1h30m, 7d or PT10S, or never (the same as 0s)",
        "jitter | 1.1 | '1.1' is out of range; allowed: 0 to 1, or 0% to 100%, such as 0.1 or 10%",
        "jitter | 101% | '101%' is out of range; allowed: 0 to 1, or 0% to 100%, such as 0.1 or"
            + " 10%",
        "jitter | lots | 'lots' is not a share; allowed: 0 to 1, or 0% to 100%, such as 0.1 or 10%",
        "statistics | yes | 'yes' is not one of its words; allowed: false, true",
        "clock | precise | 'precise' is not one of its words; allowed: coarse, exact",
        "on-failure | stale | 'stale' is not one of its words; allowed: fail, miss, serve-stale",
        "policy | '''''' | the text is empty; allowed: the name of an eviction policy on the"
            + " class path"
      })
  void wrongValueIsToldWhereTheValueStands(String key, String value, String problem) {
    var column = 3 + key.length() + 2;
    assertEquals(
        FILE + "2:" + column + ": " + key + ": " + problem,
        Reading.of("defaults:", "  " + key + ": " + value).refusal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2] | maximum-entries must be a whole number but is a list",
        "{a: 1} | maximum-entries must be a whole number but is a section",
        "''     | maximum-entries has no value"
      })
  void wrongShapeIsToldInItsOwnWords(String value, String problem) {
    var message =
        Reading.of("defaults:", ("  maximum-entries: " + value).stripTrailing()).refusal();
    assertTrue(message.startsWith(FILE + "2:"), message);
    assertTrue(message.endsWith(": " + problem + "; allowed: a whole number, 0 or more"), message);
  }

  @Test
  void sectionsMustBeSections() {
    assertEquals(
        FILE + "1:9: caches must be a section but is a list; allowed: key: value",
        Reading.of("caches: [a, b]").refusal());
    assertEquals(
        FILE + "1:1: the file must be a section but is a text; allowed: key: value",
        Reading.of("larder").refusal());
    assertEquals(
        FILE + "2:10: cache 'users' must be a section but is a text; allowed: key: value",
        Reading.of("caches:", "  users: 5").refusal());
    assertEquals(
        FILE + "2:3: the name of a cache is empty; allowed: a name or a pattern",
        Reading.of("caches:", "  '': {policy: lru}").refusal());
  }

  @Test
  void keysMayStandOnceOnly() {
    assertEquals(
        FILE + "3:3: key 'policy' is here twice, first in line 2; allowed: each key once",
        Reading.of("defaults:", "  policy: lru", "  policy: sieve").refusal());
    assertEquals(
        FILE + "2:8: key 'disk.path' is here twice, first in line 1; allowed: each key once",
        Reading.of("disk.path: /a", "disk: {path: /b}").refusal());
  }

  @Test
  void malformedYamlIsToldWhereTheScannerStopped() {
    assertEquals(
        FILE + "2:14: not YAML: mapping values are not allowed here",
        Reading.of("defaults:", "  policy: lru: x").refusal());
    assertEquals(
        FILE + "2:1: not YAML: expected ',' or ']', but got <stream end>",
        Reading.of("remote.hosts: [a, b").refusal());
  }

  @Test
  void aliasesTagsAndFurtherDocumentsAreRefused() {
    assertEquals(
        FILE + "2:24: the alias *x is not allowed; allowed: values without aliases",
        Reading.of("disk: {path: &x /data}", "attic: {one: one, two: *x}").refusal());
    assertEquals(
        FILE + "1:12: the tag !secret is not allowed; allowed: values without tags",
        Reading.of("disk.path: !secret abc").refusal());
    assertEquals(
        FILE + "3:1: a second document; allowed: one document in a file",
        Reading.of("topology: memory", "---", "topology: memory").refusal());
  }

  @Test
  void aliasBombCostsNothingAndIsRefused() {
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (var i = 1; i < 40; i++) {
      var alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s]\n".replace("%d", "" + i).replace("%s", alias));
    }
    assertTrue(Reading.of(bomb.toString()).refusal().contains("the alias *a0 is not allowed"));
  }

  @Test
  void deepNestingIsRefusedWithoutEatingTheStack() {
    var deep = String.join("", Collections.nCopies(100_000, "["));
    assertTrue(Reading.of("attic: " + deep).refusal().startsWith(FILE + "1:"));
    assertEquals(
        FILE + "1:68: nested too deep is not allowed; allowed: at most 16 levels",
        Reading.of("attic: " + "{a: ".repeat(20) + "x" + "}".repeat(20)).refusal());
  }

  @Test
  void fileOfMoreThanOneMebibyteIsRefused() {
    var large = new byte[Location.LARGEST + 1];
    Arrays.fill(large, (byte) '#');
    assertEquals(
        FILE + "1:1: the file is too large; allowed: up to 1 MiB", Reading.of(large).refusal());
    assertEquals(
        "classpath:larder.yaml",
        Reading.of(Arrays.copyOf(large, large.length - 1)).read().origin());
  }

  @Test
  void bytesThatAreNoTextAreToldWithTheirPlace() {
    var latin = "topology: memory\nserver.node-id: caf\u00e9\n".getBytes(ISO_8859_1);
    assertEquals(FILE + "2:20: not text in UTF-8; allowed: UTF-8", Reading.of(latin).refusal());
    assertEquals(
        FILE + "1:11: the control character U+0007; allowed: printable text",
        Reading.of("topology: \u0007".getBytes(UTF_8)).refusal());
  }

  @Test
  void byteOrderMarkAndWindowsLineEndsAreRead() {
    var text = "\uFEFFtopology: memory\r\ndefaults:\r\n  policy: lru\r\n";
    assertEquals("lru", Reading.of(text.getBytes(UTF_8)).cache("a").tuning().policy());
  }

  @Test
  void unknownPolicyAndTopologyAreToldWithThoseOnTheClassPath() {
    assertEquals(
        FILE
            + "1:11: no topology 'cluster' on the class path (add dev.larder:larder-cluster); "
            + "allowed: attic, disk, far, memory, remote",
        Reading.of("topology: cluster").refusal());
    assertEquals(
        FILE
            + "2:19: no eviction policy 'lur' on the class path, did you mean 'lru'?; allowed: "
            + "lru, sieve",
        Reading.of("caches:", "  users: {policy: lur}").refusal());
  }

  @Test
  void policiesAreLeftToTheEngineWhenNoneIsInSight() {
    var mistakes = new Mistakes();
    var draft = new Draft(mistakes);
    new PropertyLayer(new Schema(Set.of()), draft, Layer.OVERRIDE)
        .read("", Map.of("defaults.policy", "anything"));
    var services = new Services(Set.of(), Set.of("memory"), "");
    new Rules(draft, services).check();
    mistakes.throwIfAny();
    assertEquals("anything", draft.defaults().get("policy").value());
  }

  @Test
  void topologyOfAllCachesDoesNotStandUnderDefaults() {
    var message = Reading.of("defaults:", "  topology: disk").refusal();
    assertTrue(
        message.startsWith(
            FILE
                + "2:3: the topology of all caches stands at the top of the file, not under"
                + " defaults; allowed: "),
        message);
  }

  @Test
  void settingsOfOneSectionThatExcludeEachOtherAreTold() {
    assertEquals(
        FILE
            + "3:14: unbounded and maximum-entries exclude each other (see "
            + FILE
            + "2:20); allowed: one of the two",
        Reading.of("defaults:", "  maximum-entries: 5", "  unbounded: true").refusal());
    assertEquals(
        FILE
            + "3:24: expire-after-access is longer than expire-after-write, so it would do nothing"
            + " (see "
            + FILE
            + "2:23); allowed: expire-after-access up to the value of expire-after-write",
        Reading.of("defaults:", "  expire-after-write: 5m", "  expire-after-access: 6m").refusal());
  }

  @Test
  void weightWithoutAWeigherIsToldWhenTheCacheIsDescribed() {
    var configured = Reading.of("caches:", "  users:", "    maximum-weight: 5").read();
    var spec = CacheSpec.of("users", String.class, String.class).build();
    var refused =
        assertThrows(ConfigurationException.class, () -> configured.complete(spec)).getMessage();
    assertEquals(
        FILE
            + "3:21: cache 'users' has no weigher for maximum-weight; allowed: maximum-entries or"
            + " maximum-bytes, or a weigher set in code",
        refused);
    var weighed = spec.toBuilder().weigher((key, value) -> 1).build();
    assertEquals(5, configured.complete(weighed).bounds().weight());
  }

  @Test
  void allMistakesComeTogetherFirstLineFirstThenVariablesThenProperties() {
    var message =
        Reading.of("defaults:", "  jitter: 2", "  clok: exact", "topology: nowhere")
            .variable("LARDER_TTL", "soon")
            .property("larder.defaults.polcy", "lru")
            .override("server.port", "70000")
            .refusal();
    var places = message.lines().map(line -> line.substring(0, line.indexOf(": "))).toList();
    assertEquals(
        List.of(
            FILE + "2:11",
            FILE + "3:3",
            FILE + "4:11",
            "environment variable LARDER_TTL",
            "system property larder.defaults.polcy",
            "property server.port"),
        places);
  }

  @Test
  void messageOfAFileOfNonsenseHasAnEnd() {
    var nonsense =
        IntStream.range(0, 500).mapToObj(i -> "word" + i + ": 1").collect(Collectors.joining("\n"));
    var message = Reading.of(nonsense).refusal();
    assertEquals(51, message.lines().count());
    assertTrue(message.endsWith("... and 450 more"));
  }

  @Test
  void quotedValuesAreCutAndKeptOnOneLine() {
    var message = Reading.of("defaults:", "  clock: \"a\\nb" + "x".repeat(500) + "\"").refusal();
    assertEquals(1, message.lines().count());
    assertTrue(message.length() < 200, message);
    assertFalse(message.contains("x".repeat(60)));
  }
}
