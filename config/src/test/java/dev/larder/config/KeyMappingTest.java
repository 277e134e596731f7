package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.spi.ConfigurationSource.Configured;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key path of the file is also a variable, a property and an override. */
final class KeyMappingTest {

  static Stream<Key<?>> topKeys() {
    return Stream.concat(Keys.TOP.stream(), PlaceKeys.ALL.stream())
        .filter(key -> !ServerKeysTest.TOGETHER.contains(key.name()));
  }

  static Stream<Key<?>> defaultKeys() {
    return Keys.CACHE.stream().filter(key -> !key.name().equals("topology"));
  }

  static Stream<Key<?>> cacheKeys() {
    return Keys.CACHE.stream();
  }

  @ParameterizedTest
  @MethodSource("topKeys")
  void topKeyMeansTheSameFromEverySource(Key<?> key) {
    sameFromEverySource(key.name(), key.kind().sample());
  }

  @ParameterizedTest
  @MethodSource("defaultKeys")
  void keyOfDefaultsMeansTheSameFromEverySource(Key<?> key) {
    sameFromEverySource("defaults." + key.name(), key.kind().sample());
  }

  private static void sameFromEverySource(String path, String sample) {
    var variable = "LARDER_" + path.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
    var fromFile = look(path, Reading.of(path + ": " + sample).read());
    assertNotEquals(look(path, Reading.nothing().read()), fromFile, "the sample must do something");
    var environment = Reading.nothing().variable(variable, sample);
    assertEquals(fromFile, look(path, environment.read()));
    assertEquals(List.of(), environment.warnings);
    assertEquals(fromFile, look(path, Reading.nothing().property("larder." + path, sample).read()));
    assertEquals(fromFile, look(path, Reading.nothing().override(path, sample).read()));
  }

  /** What a key path did: the setting, and what became of a cache. */
  private static List<Object> look(String path, Configured configured) {
    var spec = described("any").weigher((key, value) -> 1).build();
    var done = configured.complete(spec);
    return List.of(
        configured.setting(path),
        done.bounds(),
        done.expiry(),
        done.hooks().loadTimeout(),
        done.placement(),
        done.tuning());
  }

  @ParameterizedTest
  @MethodSource("cacheKeys")
  void keyOfACacheMeansTheSameFromFilePropertyAndOverride(Key<?> key) {
    for (var name : List.of("users", "com.acme.User", "a.disk", "session-*")) {
      var path = "caches." + name + "." + key.name();
      var sample = key.kind().sample();
      var fromFile =
          of(name, Reading.of("caches:", "  '" + name + "':", "    " + key.name() + ": " + sample));
      assertNotEquals(of(name, Reading.nothing()), fromFile, path);
      assertEquals(fromFile, of(name, Reading.nothing().property("larder." + path, sample)), path);
      assertEquals(fromFile, of(name, Reading.nothing().override(path, sample)), path);
    }
  }

  private static CacheSpec<String, String> of(String name, Reading reading) {
    var cache = name.replace('*', 'x');
    var spec = described(cache).weigher(new One()).build();
    return reading.read().complete(spec);
  }

  /** With a path, since a topology alone does not move a cache to disk. */
  private static CacheSpec.Builder<String, String> described(String cache) {
    return CacheSpec.of(cache, String.class, String.class).option("disk.path", "/data");
  }

  /** Equal to itself in every description. */
  private record One() implements dev.larder.Weigher<String, String> {
    @Override
    public int weigh(String key, String value) {
      return 1;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LARDER_MAX_SIZE, 5, defaults.maximum-entries, 5",
    "LARDER_MAX_MEMORY_MB, 64, defaults.maximum-bytes, 64MB",
    "LARDER_MAX_MEMORY_MB, 1GB, defaults.maximum-bytes, 1GB",
    "LARDER_TTL, 300, defaults.expire-after-write, 300s",
    "LARDER_TTL, 5m, defaults.expire-after-write, 5m",
    "LARDER_CLEANUP_INTERVAL, 30, defaults.cleanup-interval, 30s",
    "LARDER_NODE_ID, n1, server.node-id, n1",
    "LARDER_HOST, 0.0.0.0, server.host, 0.0.0.0",
    "LARDER_PORT, 81, server.port, 81",
    "LARDER_RESP_PORT, 82, server.resp-port, 82",
    "LARDER_LOG_LEVEL, debug, server.log-level, debug",
    "LARDER_PROFILE, prod, server.profile, prod",
    "LARDER_PASSWORD, 'p w', server.password, 'p w'",
    "LARDER_INSECURE, true, server.insecure, true",
    "LARDER_SNAPSHOT, /s, server.snapshot, /s",
    "LARDER_DATABASES, 'a=1,b=2', server.databases, 'a=1,b=2'",
    "LARDER_LOG_FORMAT, json, server.log-format, json",
    "LARDER_SHUTDOWN_TIMEOUT, 7, server.shutdown-timeout, 7s"
  })
  void shortNamesStandForKeyPaths(String variable, String value, String path, String text) {
    var reading = Reading.nothing().variable(variable, value);
    assertEquals(
        look(path, Reading.nothing().override(path, text).read()), look(path, reading.read()));
    assertEquals(List.of(), reading.warnings);
    assertEquals(
        look(path, Reading.nothing().read()),
        look(path, Reading.nothing().variable(variable, "").read()),
        "an empty variable counts as not set");
  }

  @Test
  void unknownVariableIsOneWarningWithAGuess() {
    var reading =
        Reading.nothing()
            .variable("LARDER_TOPOLGY", "disk")
            .variable("LARDER_CACHES_USERS_POLICY", "lru")
            .variable("OTHER_TOPOLOGY", "disk");
    reading.read();
    assertEquals(
        List.of(
            "unknown environment variable LARDER_CACHES_USERS_POLICY is ignored; the keys of one"
                + " cache come from the file or from system properties",
            "unknown environment variable LARDER_TOPOLGY is ignored, did you mean"
                + " 'LARDER_TOPOLOGY'?"),
        reading.warnings);
  }

  @ParameterizedTest
  @CsvSource({
    "LARDER_JDK_25, /opt/jdk",
    "LARDER_JAVA_OPTS, -Xmx1g",
    "LARDER_SERVICE_HOST, 10.0.0.1",
    "LARDER_SERVICE_PORT_HTTP, 80",
    "LARDER_PORT, tcp://10.0.0.1:80",
    "LARDER_PORT_80_TCP_ADDR, 10.0.0.1"
  })
  void variablesOfScriptsAndOfKubernetesAreLeftAlone(String name, String value) {
    var reading = Reading.nothing().variable(name, value);
    assertTrue(reading.read().setting("server.port").isEmpty());
    assertEquals(List.of(), reading.warnings);
  }

  @Test
  void mistakeInAVariableIsToldByItsName() {
    assertEquals(
        "environment variable LARDER_PORT: server.port: 'http' is not a whole number; allowed: "
            + "a whole number, 0 to 65535",
        Reading.nothing().variable("LARDER_PORT", "http").refusal());
  }

  @Test
  void optionsOfStoresAreVariablesToo() {
    var reading =
        Reading.of("topology: attic", "attic: {pool.items: 5, hosts: a}")
            .variable("LARDER_ATTIC_POOL_ITEMS", "6")
            .variable("LARDER_ATTIC_LARGEST_REQUEST", "7")
            .variable("LARDER_ATTIC_FLOOR", "8");
    var options = reading.cache("a").placement().options();
    assertEquals("6", options.get("attic.pool.items"), "a path of the file keeps its dots");
    assertEquals("7", options.get("attic.largest-request"), "others become one word with dashes");
    assertEquals("8", reading.read().setting("attic.floor").orElseThrow());
    assertEquals(List.of(), reading.warnings);
  }

  @Test
  void unknownPropertyIsAMistakeThatNamesTheNearestKey() {
    assertTrue(
        Reading.nothing()
            .property("larder.toplogy", "disk")
            .refusal()
            .startsWith(
                "system property larder.toplogy: unknown key path 'toplogy', did you mean"
                    + " 'topology'?; allowed: cluster.members, config, defaults.clean"));
    assertTrue(
        Reading.nothing()
            .property("larder.caches.users.polcy", "lru")
            .refusal()
            .startsWith(
                "system property larder.caches.users.polcy: unknown key path 'caches.users.polcy',"
                    + " did you mean 'policy'?; allowed: caches.<name>. before one of "));
    assertTrue(
        Reading.nothing()
            .override("defaults.topology", "disk")
            .refusal()
            .startsWith("property defaults.topology: unknown key path 'defaults.topology'"));
  }

  @Test
  void propertiesOfTheProjectsOwnBuildAreLeftAlone() {
    var reading =
        Reading.nothing()
            .property("larder.tck.topologies", "memory")
            .property("larder.root", "/src")
            .property("larder.docs.write", "true");
    assertEquals("built-in defaults", reading.read().origin());
  }

  @Test
  void nameWithDotsEndsWhereASectionOfTheFileEnds() {
    var reading =
        Reading.of("topology: disk", "disk.path: /x", "caches: {a.disk: {schema-version: 1}}")
            .property("larder.caches.a.disk.schema-version", "2")
            .property("larder.caches.b.disk.durability", "none")
            .property("larder.caches.b.c.memory.maximum-entries", "5")
            .property("larder.caches.c.disk.path", "/c");
    assertEquals(2, reading.cache("a.disk").placement().schemaVersion());
    assertEquals("none", reading.cache("b").placement().options().get("disk.durability"));
    assertEquals("5", reading.cache("b.c").placement().options().get("memory.maximum-entries"));
    assertEquals("/c", reading.cache("c").placement().options().get("disk.path"));
  }
}
