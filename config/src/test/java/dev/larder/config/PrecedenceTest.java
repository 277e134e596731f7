package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Expiry;
import dev.larder.FailurePolicy;
import dev.larder.Life;
import dev.larder.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of several settings holds. */
final class PrecedenceTest {

  private static CacheSpec.Builder<String, String> code(String name) {
    return CacheSpec.of(name, String.class, String.class);
  }

  @Test
  void laterLayersWinInTheOrderFileEnvironmentPropertyOverride() {
    var reading = Reading.of("defaults:", "  maximum-entries: 1");
    assertEquals(1, reading.cache("a").bounds().entries());
    reading.variable("LARDER_MAX_SIZE", "2");
    assertEquals(2, reading.cache("a").bounds().entries());
    reading.variable("LARDER_DEFAULTS_MAXIMUM_ENTRIES", "3");
    assertEquals(3, reading.cache("a").bounds().entries());
    reading.property("larder.defaults.maximum-entries", "4");
    assertEquals(4, reading.cache("a").bounds().entries());
    reading.override("defaults.maximum-entries", "5");
    assertEquals(5, reading.cache("a").bounds().entries());
  }

  @Test
  void codeWinsOverDefaultsAndSectionsWinOverCode() {
    var reading = Reading.of("defaults:", "  policy: lru", "  schema-version: 7");
    var spec = code("users").policy("sieve").build();
    assertEquals("sieve", reading.read().complete(spec).tuning().policy());
    assertEquals(7, reading.read().complete(spec).placement().schemaVersion());
    reading.property("larder.caches.users.policy", "lru");
    assertEquals("lru", reading.read().complete(spec).tuning().policy());
  }

  @Test
  void codeThatChoseNothingGetsTheDefaults() {
    var spec =
        Reading.of(
                "defaults:",
                "  maximum-entries: 5",
                "  expire-after-write: 10m",
                "  expire-after-access: 1m",
                "  jitter: 10%",
                "  policy: lru",
                "  statistics: false",
                "  cleanup-interval: never",
                "  clock: exact",
                "  versions: true",
                "  load-timeout: 3s",
                "  schema-version: 2",
                "  on-failure: miss")
            .cache("any");
    assertEquals(Bounds.entries(5), spec.bounds());
    assertEquals(
        Life.afterWriteAndAccess(Duration.ofMinutes(10), Duration.ofMinutes(1)),
        spec.expiry().life());
    assertEquals(0.1, spec.expiry().jitter());
    assertEquals(Duration.ofSeconds(3), spec.hooks().loadTimeout());
    assertEquals(2, spec.placement().schemaVersion());
    assertEquals(FailurePolicy.MISS, spec.placement().onFailure());
    assertEquals(new Tuning("lru", false, Duration.ZERO, true, true), spec.tuning());
  }

  @Test
  void nothingAnywhereLeavesTheDescriptionAsItIs() {
    var spec = code("a").maximumBytes(9).expireAfterAccess(Duration.ofSeconds(1)).build();
    assertEquals(spec, Reading.nothing().read().complete(spec));
  }

  @Test
  void completingTwiceChangesNothingMore() {
    var configured =
        Reading.of(
                "defaults: {maximum-bytes: 1MB, expire-after-write: 1m, policy: lru}",
                "caches: {'a*': {expire-after-access: 10s, maximum-entries: 3}}")
            .read();
    var once = configured.complete(code("abc").jitter(0.5).build());
    assertEquals(once, configured.complete(once));
  }

  @Test
  void boundsAreDecidedTogetherByTheNearestThatSpeaksOfAny() {
    var configured =
        Reading.of(
                "defaults: {maximum-entries: 100, maximum-bytes: 1MB}",
                "caches:",
                "  'big-*': {maximum-bytes: 64MB}",
                "  big-one: {maximum-entries: 7}",
                "  open: {unbounded: true}",
                "  silent: {policy: lru}")
            .read();
    assertEquals(
        new Bounds(100, Bounds.NONE, 1 << 20), configured.complete(code("x").build()).bounds());
    assertEquals(Bounds.bytes(64 << 20), configured.complete(code("big-two").build()).bounds());
    assertEquals(Bounds.entries(7), configured.complete(code("big-one").build()).bounds());
    assertEquals(Bounds.UNBOUNDED, configured.complete(code("open").build()).bounds());
    assertEquals(100, configured.complete(code("silent").build()).bounds().entries());
    var chosen = code("x").maximumBytes(5).build();
    assertEquals(Bounds.bytes(5), configured.complete(chosen).bounds());
    var overruled = code("big-two").maximumEntries(5).build();
    assertEquals(Bounds.bytes(64 << 20), configured.complete(overruled).bounds());
    var unboundedInCode = code("x").unbounded().build();
    assertEquals(Bounds.UNBOUNDED, configured.complete(unboundedInCode).bounds());
  }

  @Test
  void boundOfALaterLayerEndsUnboundedAndTheOtherWayRound() {
    var bounded = Reading.of("defaults: {unbounded: true}").variable("LARDER_MAX_SIZE", "5");
    assertEquals(Bounds.entries(5), bounded.cache("a").bounds());
    var open =
        Reading.of("caches: {a: {maximum-entries: 5, maximum-bytes: 1MB}}")
            .property("larder.caches.a.unbounded", "true");
    assertEquals(Bounds.UNBOUNDED, open.cache("a").bounds());
  }

  @Test
  void secondKindOfBoundInALaterLayerAddsToTheFirst() {
    var both = Reading.of("defaults: {maximum-entries: 5}").variable("LARDER_MAX_MEMORY_MB", "1");
    assertEquals(new Bounds(5, Bounds.NONE, 1 << 20), both.cache("a").bounds());
  }

  @Test
  void expiryOfCodeKeepsTheDefaultsOutAsAWhole() {
    var configured = Reading.of("defaults: {expire-after-access: 1s}").read();
    var spec = code("a").expireAfterWrite(Duration.ofMinutes(1)).build();
    assertEquals(spec.expiry(), configured.complete(spec).expiry());
  }

  @Test
  void expiryOfASectionReplacesThePartsOfCodeThatItSpeaksOf() {
    var configured =
        Reading.of(
                "defaults: {expire-after-write: 1h}",
                "caches:",
                "  idle: {expire-after-access: 1s}",
                "  short: {expire-after-write: 2s}",
                "  ever: {expire-after-write: never}")
            .read();
    var minute = Duration.ofMinutes(1);
    var second = Duration.ofSeconds(1);
    assertEquals(
        Life.afterWriteAndAccess(minute, second),
        configured.complete(code("idle").expireAfterWrite(minute).build()).expiry().life());
    assertEquals(
        Life.afterWriteAndAccess(Duration.ofHours(1), second),
        configured.complete(code("idle").build()).expiry().life());
    assertEquals(
        Life.afterWriteAndAccess(Duration.ofSeconds(2), second),
        configured
            .complete(code("short").expireAfterWrite(minute).expireAfterAccess(second).build())
            .expiry()
            .life());
    assertEquals(
        Life.afterAccess(minute),
        configured
            .complete(code("ever").expireAfterWrite(minute).expireAfterAccess(minute).build())
            .expiry()
            .life());
    assertTrue(configured.complete(code("ever").build()).expiry().life().eternal());
  }

  @Test
  void expiryOfASectionReplacesARuleOfUserCode() {
    Expiry<String, String> rule = (key, value) -> Duration.ofDays(1);
    var configured = Reading.of("caches: {a: {expire-after-write: 2s}, b: {jitter: 1}}").read();
    var replaced = configured.complete(code("a").expiry(rule).build());
    assertNull(replaced.expiry().custom());
    assertEquals(Life.afterWrite(Duration.ofSeconds(2)), replaced.expiry().life());
    var kept = configured.complete(code("b").expiry(rule).build());
    assertNotNull(kept.expiry().custom());
    assertEquals(1.0, kept.expiry().jitter());
  }

  @Test
  void exactNamesWinOverPatternsAndNarrowPatternsOverWideOnes() {
    var configured =
        Reading.of(
                "caches:",
                "  '*': {schema-version: 1, statistics: false}",
                "  'session-*': {schema-version: 2, jitter: 0.5}",
                "  'session-admin-?': {schema-version: 3}",
                "  session-admin-1: {schema-version: 4}")
            .read();
    assertEquals(1, version(configured.complete(code("other").build())));
    assertEquals(2, version(configured.complete(code("session-x").build())));
    assertEquals(3, version(configured.complete(code("session-admin-2").build())));
    var exact = configured.complete(code("session-admin-1").build());
    assertEquals(4, version(exact));
    assertEquals(0.5, exact.expiry().jitter(), "what it leaves open comes from wider ones");
    assertFalse(exact.tuning().statistics(), "what it leaves open comes from wider ones");
    assertEquals(Set.of("session-admin-1"), configured.names());
  }

  private static int version(CacheSpec<?, ?> spec) {
    return spec.placement().schemaVersion();
  }

  @Test
  void mentionsSaysWhetherASectionOrAPatternSpeaks() {
    var configured = Reading.of("caches: {a: , 'b*': {policy: lru}}").read();
    assertTrue(configured.mentions("a"));
    assertTrue(configured.mentions("bee"));
    assertFalse(configured.mentions("b*".substring(1)));
    assertFalse(configured.mentions("c"));
    assertEquals(Set.of("a"), configured.names());
  }

  @Test
  void topologyAtTheTopFillsInWithItsOwnOptionsOnly() {
    var reading =
        Reading.of(
            "topology: disk",
            "disk: {path: /data, interval: 20ms}",
            "remote.hosts: [one:1, two:2]",
            "near: {maximum-entries: 5, max-staleness: 2s}",
            "attic.floor: 3",
            "caches:",
            "  far-off: {topology: remote}",
            "  own: {disk: {path: /own}}",
            "  here: {topology: memory}",
            "  up: {topology: attic, attic: {stairs: [a, b]}}");
    var configured = reading.read();
    assertEquals(
        Map.of(
            "disk.path",
            "/data",
            "disk.interval",
            "PT0.02S",
            "near.maximum-entries",
            "5",
            "near.max-staleness",
            "PT2S"),
        options(configured.complete(code("a").build()), "disk"));
    assertEquals(
        Map.of(
            "remote.hosts",
            "one:1,two:2",
            "near.maximum-entries",
            "5",
            "near.max-staleness",
            "PT2S"),
        options(configured.complete(code("far-off").build()), "remote"));
    assertEquals(
        "/own", options(configured.complete(code("own").build()), "disk").get("disk.path"));
    assertEquals(Map.of(), options(configured.complete(code("here").build()), "memory"));
    assertEquals(
        Map.of(
            "attic.floor",
            "3",
            "attic.stairs",
            "a,b",
            "near.maximum-entries",
            "5",
            "near.max-staleness",
            "PT2S"),
        options(configured.complete(code("up").build()), "attic"));
  }

  @Test
  void placeChosenInCodeStaysAndIsCompleted() {
    var configured =
        Reading.of("topology: remote", "disk: {path: /data, durability: none}", "remote.hosts: a")
            .read();
    var spec = code("a").topology("disk").option("disk.path", "/mine").build();
    assertEquals(
        Map.of("disk.path", "/mine", "disk.durability", "none"),
        options(configured.complete(spec), "disk"));
  }

  @Test
  void onePropertyMovesAnApplication() {
    var moved = Reading.nothing().property("larder.topology", "attic");
    assertEquals("attic", moved.cache("a").placement().topology());
    assertEquals("built-in defaults", moved.read().origin());
  }

  private static Map<String, String> options(CacheSpec<?, ?> spec, String topology) {
    assertEquals(topology, spec.placement().topology());
    return spec.placement().options();
  }

  @Test
  void whatTheConfigurationSetCountsAsChosenAfterwards() {
    var spec = Reading.of("defaults: {maximum-bytes: 5, policy: lru}").cache("a");
    assertTrue(spec.chosen().containsAll(List.of("maximum-bytes", "policy")));
    assertFalse(Reading.nothing().cache("a").chosen().contains("maximum-entries"));
  }

  @Test
  void settingsOfOthersAreKeptAsText() {
    var configured =
        Reading.of(
                "jcache: {default-maximum-entries: 10_000}",
                "server: {port: 80, log-level: WARN}",
                "remote.hosts: [a, b]")
            .variable("LARDER_NODE_ID", "n1")
            .read();
    assertEquals("10000", configured.setting("jcache.default-maximum-entries").orElseThrow());
    assertEquals("80", configured.setting("server.port").orElseThrow());
    assertEquals("warn", configured.setting("server.log-level").orElseThrow());
    assertEquals("n1", configured.setting("server.node-id").orElseThrow());
    assertEquals("a,b", configured.setting("remote.hosts").orElseThrow());
    assertTrue(configured.setting("server.host").isEmpty());
    assertTrue(configured.setting("no.such.key").isEmpty());
  }
}
