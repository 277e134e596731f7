package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.FailurePolicy;
import dev.larder.Life;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierOptionsTest {
  private static TierOptions of(String... options) {
    var spec = CacheSpec.of("c", String.class, String.class).maximumEntries(50_000);
    for (int each = 0; each < options.length; each += 2) {
      spec.option(options[each], options[each + 1]);
    }
    return TierOptions.of(spec.build());
  }

  @Test
  void withoutOptionsTheTierHoldsTenThousandEntriesAsLongAsTheyLive() {
    assertEquals(
        new TierOptions(
            Bounds.entries(10_000),
            Life.FOREVER,
            Life.FOREVER,
            Long.MAX_VALUE,
            Freshness.ALWAYS,
            5_000),
        of());
  }

  @Test
  void tierIsNoLargerThanItsCacheUnlessSaid() {
    var spec = CacheSpec.of("c", String.class, String.class).maximumEntries(7).build();
    assertEquals(Bounds.entries(7), TierOptions.of(spec).bounds());
  }

  @Test
  void everyOptionIsRead() {
    assertEquals(
        new TierOptions(
            new Bounds(20, Bounds.NONE, 64 << 20), 60_000, 1_500, 4_096, Freshness.ALWAYS, 0),
        of(
            "memory.maximum-entries", "20",
            "memory.maximum-bytes", "64MB",
            "memory.expire-after-write", "1m",
            "memory.expire-after-access", "1s500ms",
            "memory.largest-entry", "4KB",
            "memory.warm-start", "never"));
  }

  @ParameterizedTest
  @CsvSource({
    "memory.maximum-entries, -1, whole number",
    "memory.maximum-entries, many, whole number",
    "memory.maximum-bytes, 10TB, KB",
    "memory.expire-after-write, 10, 250ms",
    "memory.expire-after-access, 0s, longer than zero",
    "memory.largest-entry, big, KB",
    "memory.warm-start, soon, never"
  })
  void badValueIsRefusedByNameAndWithWhatIsAllowed(String name, String value, String allowed) {
    var message = assertThrows(ConfigurationException.class, () -> of(name, value)).getMessage();
    for (var part : new String[] {"'c'", name, "'" + value + "'", allowed}) {
      assertEquals(true, message.contains(part), message);
    }
  }

  @Test
  void unknownOptionIsRefusedWithTheKnownOnes() {
    var message =
        assertThrows(ConfigurationException.class, () -> of("memory.size", "5")).getMessage();
    assertEquals(
        "cache 'c': unknown option memory.size; allowed: memory.expire-after-access,"
            + " memory.expire-after-write, memory.largest-entry, memory.maximum-bytes,"
            + " memory.maximum-entries, memory.warm-start",
        message);
  }

  private static TierOptions near(FailurePolicy policy, String... options) {
    var spec = CacheSpec.of("c", String.class, String.class).onFailure(policy);
    for (int each = 0; each < options.length; each += 2) {
      spec.option(options[each], options[each + 1]);
    }
    return TierOptions.nearOf(spec.build());
  }

  @Test
  void nearCopiesAreAtMostOneSecondOldByAnExactClockUnlessSaid() {
    assertEquals(new Freshness(1_000, true, false), near(FailurePolicy.FAIL).freshness());
    assertEquals(
        new Freshness(250, false, true),
        near(FailurePolicy.SERVE_STALE, "near.max-staleness", "250ms", "near.clock", "coarse")
            .freshness());
  }

  @ParameterizedTest
  @CsvSource({
    "near.max-staleness, 10ms, 50ms to 1h",
    "near.max-staleness, never, 50ms to 1h",
    "near.clock, sundial, coarse"
  })
  void badValueOfANearOptionIsRefused(String name, String value, String allowed) {
    var message =
        assertThrows(ConfigurationException.class, () -> near(FailurePolicy.FAIL, name, value))
            .getMessage();
    for (var part : new String[] {"'c'", name, "'" + value + "'", allowed}) {
      assertEquals(true, message.contains(part), message);
    }
  }
}
