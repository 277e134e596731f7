package dev.larder.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.CacheWriter;
import dev.larder.Expiry;
import dev.larder.Life;
import dev.larder.codec.Snapshots.Downtime;
import dev.larder.codec.Snapshots.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {
  record Product(String name, long cents, List<String> tags) {}

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Caches caches = new Caches();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    caches.close();
  }

  private Path file() {
    return folder.resolve("snapshot");
  }

  @ParameterizedTest
  @EnumSource
  void entriesComeBackEqual(Format format) throws IOException {
    var cache = caches.of(String.class, Product.class);
    var products =
        Map.of(
            "tea \"green\" \u2615\uD83C\uDF75", new Product("Sencha", 1299, List.of("a", "b")),
            "", new Product("", -1, List.of()));
    cache.putAll(products);
    var saved = Snapshots.save(cache, file(), format);
    assertEquals(2, saved.entries());
    assertEquals(Files.size(file()), saved.bytes());

    var restored = caches.of(String.class, Product.class);
    var result = Snapshots.restore(restored, file());
    assertEquals(products, Caches.contents(restored));
    assertEquals(new Snapshots.Restored(2, 0, 0, 0, caches.clock.instant()), result);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyCacheHasASnapshotToo(Format format) {
    Snapshots.save(caches.of(Long.class, Long.class), file(), format);
    assertEquals(0, Snapshots.restore(caches.of(Long.class, Long.class), file()).entries());
  }

  @Test
  void jsonIsForPeopleOneEntryALine() throws IOException {
    var cache = caches.of(Long.class, Product.class, spec -> spec.expireAfterWrite(MINUTE));
    cache.put(7L, new Product("Sencha", 1299, List.of("x")));
    Snapshots.save(cache, file(), Format.JSON);
    var lines = Files.readAllLines(file());
    assertEquals("  \"cache\" : \"cache-1\",", lines.get(2));
    assertEquals("  \"saved-at\" : \"2000-01-01T00:00:00Z\",", lines.get(3));
    assertEquals(
        "    { \"key\" : 7, \"value\" : { \"name\" : \"Sencha\", \"cents\" : 1299,"
            + " \"tags\" : [ \"x\" ] }, \"remaining-ms\" : 60000 }",
        lines.get(11));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLeftOfALifeIsKeptAndTimeGoesOn(Format format) {
    var cache = caches.of(String.class, String.class, spec -> spec.expireAfterWrite(HOUR));
    cache.put("old", "value");
    caches.pass(Duration.ofMinutes(30));
    cache.put("young", "value");
    cache.put("own", "value", Duration.ofHours(5));
    Snapshots.save(cache, file(), format);
    caches.pass(Duration.ofMinutes(10));

    var restored = caches.of(String.class, String.class, spec -> spec.expireAfterWrite(HOUR));
    Snapshots.restore(restored, file());
    assertEquals(
        Map.of(
            "old", MINUTE.multipliedBy(20),
            "young", MINUTE.multipliedBy(50),
            "own", MINUTE.multipliedBy(290)),
        caches.lives(restored));
  }

  @ParameterizedTest
  @EnumSource
  void theTimeBetweenCanBeLeftOut(Format format) {
    var cache = caches.of(String.class, String.class, spec -> spec.expireAfterWrite(HOUR));
    cache.put("key", "value");
    Snapshots.save(cache, file(), format);
    caches.pass(Duration.ofDays(1));

    var restored = caches.of(String.class, String.class, spec -> spec.expireAfterWrite(HOUR));
    Snapshots.restore(restored, file(), Downtime.IGNORED);
    assertEquals(Map.of("key", HOUR), caches.lives(restored));
  }

  @Test
  void aClockThatIsBehindTheSnapshotCountsAsNoTime() {
    caches.pass(Duration.ofDays(365));
    var cache = caches.of(String.class, String.class, spec -> spec.expireAfterWrite(HOUR));
    cache.put("key", "value");
    Snapshots.save(cache, file(), Format.CBOR);
    try (var behind = new Caches()) {
      var restored = behind.of(String.class, String.class, spec -> spec.expireAfterWrite(HOUR));
      Snapshots.restore(restored, file());
      assertEquals(Map.of("key", HOUR), behind.lives(restored));
    }
  }

  @ParameterizedTest
  @EnumSource
  void expiredEntriesAreLeftOutOnBothWays(Format format) {
    var cache = caches.of(String.class, String.class);
    cache.put("short", "value", MINUTE);
    cache.put("long", "value", HOUR);
    cache.put("ever", "value");
    caches.pass(MINUTE);
    assertEquals(2, Snapshots.save(cache, file(), format).entries());
    caches.pass(HOUR);
    var restored = caches.of(String.class, String.class);
    var result = Snapshots.restore(restored, file());
    assertEquals(Map.of("ever", "value"), Caches.contents(restored));
    assertEquals(1, result.entries());
    assertEquals(1, result.expired());
  }

  @ParameterizedTest
  @EnumSource
  void slidingLivesGoOnSlidingAndOwnOnesDoNot(Format format) {
    var cache = caches.of(String.class, String.class, spec -> spec.expireAfterAccess(HOUR));
    cache.put("sliding", "value");
    cache.put("own", "value", HOUR);
    Snapshots.save(cache, file(), format);
    caches.pass(MINUTE);

    var restored = caches.of(String.class, String.class, spec -> spec.expireAfterAccess(HOUR));
    Snapshots.restore(restored, file());
    assertEquals(
        Map.of("sliding", HOUR.minus(MINUTE), "own", HOUR.minus(MINUTE)), caches.lives(restored));
    restored.get("sliding");
    restored.get("own");
    assertEquals(Map.of("sliding", HOUR, "own", HOUR.minus(MINUTE)), caches.lives(restored));
  }

  @ParameterizedTest
  @EnumSource
  void readsCannotMoveARestoredDeadlinePastItsTimeToLive(Format format) {
    var spec = Life.afterWriteAndAccess(HOUR, MINUTE.multipliedBy(20));
    var cache = caches.of(String.class, String.class, each -> each.expiry(spec));
    cache.put("key", "value");
    IntStream.range(0, 5)
        .forEach(
            each -> {
              caches.pass(MINUTE.multipliedBy(9));
              cache.get("key");
            });
    Snapshots.save(cache, file(), format);

    var restored = caches.of(String.class, String.class, each -> each.expiry(spec));
    Snapshots.restore(restored, file());
    restored.get("key");
    assertEquals(Map.of("key", MINUTE.multipliedBy(15)), caches.lives(restored));
  }

  @Test
  void anExpiryRuleIsNotAskedAndGoesOn() {
    var asked = new ArrayList<String>();
    Expiry<String, String> rule =
        new Expiry<>() {
          @Override
          public Duration onCreate(String key, String value) {
            asked.add("create " + key);
            return HOUR;
          }

          @Override
          public Duration onAccess(String key, String value) {
            asked.add("access " + key);
            return MINUTE;
          }
        };
    var cache = caches.of(String.class, String.class, spec -> spec.expiry(rule));
    cache.put("key", "value");
    caches.pass(MINUTE);
    Snapshots.save(cache, file(), Format.JSON);
    asked.clear();

    var restored = caches.of(String.class, String.class, spec -> spec.expiry(rule));
    Snapshots.restore(restored, file());
    assertEquals(Map.of("key", HOUR.minus(MINUTE)), caches.lives(restored));
    assertEquals(List.of(), asked);
    restored.get("key");
    assertEquals(Map.of("key", MINUTE), caches.lives(restored));
    assertEquals(List.of("access key"), asked);
  }

  @Test
  void underAShorterRuleEntriesWithoutALifeOfTheirOwnLiveNoLongerThanIt() {
    var cache = caches.of(String.class, String.class);
    cache.put("ruled", "value");
    cache.put("own", "value", HOUR);
    Snapshots.save(cache, file(), Format.CBOR);
    var restored = caches.of(String.class, String.class, spec -> spec.expireAfterWrite(MINUTE));
    Snapshots.restore(restored, file());
    assertEquals(Map.of("ruled", MINUTE, "own", HOUR), caches.lives(restored));
  }

  @Test
  void keysThatAreThereKeepTheirEntry() {
    var cache = caches.of(String.class, String.class);
    cache.putAll(Map.of("a", "old", "b", "old"));
    Snapshots.save(cache, file(), Format.JSON);
    cache.clear();
    cache.put("a", "new");
    var result = Snapshots.restore(cache, file());
    assertEquals(Map.of("a", "new", "b", "old"), Caches.contents(cache));
    assertEquals(1, result.entries());
    assertEquals(1, result.present());
  }

  @Test
  void theWriterIsNotCalledNothingCountsAsPutAndListenersHearOfCreations() {
    var written = new ArrayList<String>();
    var heard = new ArrayList<String>();
    CacheWriter<String, String> writer =
        new CacheWriter<>() {
          @Override
          public void write(String key, String value) {
            written.add(key);
          }

          @Override
          public void delete(String key) {
            written.add(key);
          }
        };
    var cache = caches.of(String.class, String.class);
    cache.put("key", "value");
    Snapshots.save(cache, file(), Format.JSON);
    var restored =
        caches.of(
            String.class,
            String.class,
            spec ->
                spec.writer(writer)
                    .statistics(true)
                    .listener(
                        event -> heard.add(event.type() + " " + event.key()),
                        dev.larder.CacheListener.Delivery.SYNCHRONOUS));
    Snapshots.restore(restored, file());
    assertEquals("value", restored.get("key"));
    assertEquals(List.of(), written);
    assertEquals(0, restored.control().stats().puts());
    assertTrue(heard.contains("CREATED key"), heard::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lru", "lfu", "fifo", "sieve", "s3-fifo", "adaptive", "w-tinylfu"})
  void aSmallerCacheKeepsTheHottest(String policy) {
    var cache = caches.of(Integer.class, Integer.class, spec -> spec.policy(policy));
    IntStream.range(0, 100).forEach(each -> cache.put(each, each));
    Snapshots.save(cache, file(), Format.CBOR);
    var smaller =
        caches.of(Integer.class, Integer.class, spec -> spec.policy(policy).maximumEntries(30));
    var result = Snapshots.restore(smaller, file());
    assertEquals(30, smaller.size());
    assertEquals(70, result.surplus());
    assertEquals(
        IntStream.range(70, 100).boxed().toList(),
        Caches.contents(smaller).keySet().stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lru", "lfu", "fifo", "sieve", "s3-fifo", "ttl"})
  void entriesLeaveInTheOrderInWhichTheyWouldHaveLeft(String policy) {
    var cache = caches.of(Integer.class, Integer.class, spec -> spec.policy(policy));
    IntStream.range(0, 50)
        .forEach(each -> cache.put(each, each, Duration.ofHours(1 + each * 37 % 50)));
    Stream.of(3, 17, 40).forEach(cache::get);
    Snapshots.save(cache, file(), Format.CBOR);
    var restored = caches.of(Integer.class, Integer.class, spec -> spec.policy(policy));
    Snapshots.restore(restored, file());
    cache.control().evict(20);
    restored.control().evict(20);
    assertEquals(Caches.contents(cache), Caches.contents(restored));
  }

  @ParameterizedTest
  @EnumSource
  void aWeightBoundHolds(Format format) {
    var cache = caches.of(Integer.class, Integer.class);
    IntStream.range(0, 100).forEach(each -> cache.put(each, each));
    Snapshots.save(cache, file(), format);
    var restored =
        caches.of(
            Integer.class,
            Integer.class,
            spec -> spec.unbounded().maximumWeight(50).weigher((key, value) -> 2));
    assertEquals(100, Snapshots.restore(restored, file()).entries());
    assertTrue(restored.size() <= 50);
    assertTrue(restored.size() > 0);
  }

  @ParameterizedTest
  @EnumSource
  void aFarCacheSavesAndRestoresToo(Format format) {
    var cache = caches.of(String.class, Product.class, SnapshotsTest::far);
    cache.put("key", new Product("Sencha", 1, List.of()), HOUR);
    Snapshots.save(cache, file(), format);
    cache.clear();
    caches.pass(MINUTE);
    assertEquals(1, Snapshots.restore(cache, file()).entries());
    assertEquals(Map.of("key", HOUR.minus(MINUTE)), caches.lives(cache));
  }

  private static <K, V> CacheSpec.Builder<K, V> far(CacheSpec.Builder<K, V> spec) {
    return spec.topology("far").option("codec", "json");
  }

  @Test
  void theFileIsReplacedAndNothingElseIsLeft() throws IOException {
    var cache = caches.of(String.class, String.class);
    cache.put("key", "first");
    Snapshots.save(cache, file(), Format.JSON);
    cache.put("key", "second");
    Snapshots.save(cache, file(), Format.CBOR);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
    cache.clear();
    assertNull(cache.get("key"));
    Snapshots.restore(cache, file());
    assertEquals("second", cache.get("key"));
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    var target = Files.writeString(folder.resolve("target"), "old");
    var link = Files.createSymbolicLink(folder.resolve("link"), target);
    Snapshots.save(caches.of(String.class, String.class), link, Format.JSON);
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.readString(target).equals("old"));
  }
}
