package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.CacheSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What texts mean. */
final class KindsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "10s, PT10S",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "7d, PT168H",
    "PT10S, PT10S",
    "p1d, PT24H",
    "1H, PT1H",
    "never, PT0S",
    "NEVER, PT0S",
    " 3s , PT3S"
  })
  void timesAreRead(String text, Duration time) {
    assertEquals(time, Kinds.LIFE.read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "10",
        "10 s",
        "1.5h",
        "-5s",
        "5s5",
        "5x",
        "PT",
        "P1Y",
        "0s",
        "36501d",
        "999999999999999d",
        "9999999999999999999999s",
        "PT99999999999999999999H"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Kinds.LIFE.read(text));
  }

  @ParameterizedTest
  @CsvSource({"0s, PT0S", "PT0S, PT0S", "never, PT0S", "1ms, PT0.001S"})
  void pausesMayBeZero(String text, Duration time) {
    assertEquals(time, Kinds.PAUSE.read(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000, 1000",
    "1_000, 1000",
    "1KB, 1024",
    "1kib, 1024",
    "64MB, 67108864",
    "64 mb, 67108864",
    "2GB, 2147483648",
    "5B, 5",
    "8589934591GB, 9223372035781033984"
  })
  void sizesAreRead(String text, long size) {
    assertEquals(size, Kinds.BYTES.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "-1MB", "1.5MB", "1TBB", "8589934592GB", "1 2", "_1"})
  void whatIsNoSizeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Kinds.BYTES.read(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1_000, 1000",
    "2147483647, 2147483647",
    "0.0.0, 0",
    "0.0.7, 7",
    "0.1.0, 1024",
    "1.0.0, 1048576",
    "1.4.2, 1052674",
    "2047.1023.1023, 2147483647"
  })
  void schemaVersionsAreNumbersThatGrowWithTheVersion(String text, int number) {
    assertEquals(number, Kinds.SCHEMA_VERSION.read(text));
    var inCode = CacheSpec.of("a").schemaVersion(text.replace("_", "")).build();
    assertEquals(number, inCode.placement().schemaVersion());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v1", "-1", "1.4", "1.4.2.0", "1.4.2-rc1", "2048.0.0", "1.1024.0", "1.0.1024"})
  void whatIsNoSchemaVersionIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Kinds.SCHEMA_VERSION.read(text));
    var spec = CacheSpec.of("a");
    var refused =
        assertThrows(IllegalArgumentException.class, () -> spec.schemaVersion(text)).getMessage();
    assertEquals(
        "schemaVersion must be a whole number from 0 to 2147483647, or a semantic version from"
            + " 0.0.0 to 2047.1023.1023, but is '"
            + text
            + "'",
        refused);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0.25, 0.25", "10%, 0.1", "100 %, 1", "12.5%, 0.125"})
  void sharesAreRead(String text, double share) {
    assertEquals(share, Kinds.PART.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "-0.1", "1.01", "%", "1e-1", ".5", "0x1", "Infinity"})
  void whatIsNoShareIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Kinds.PART.read(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"a, b ,c | a,b,c", "a | a"})
  void listsAreKeptWithCommas(String text, String list) {
    assertEquals(list, Kinds.TEXTS.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a,,b", "a,"})
  void listsHaveNoEmptyParts(String text) {
    assertThrows(IllegalArgumentException.class, () -> Kinds.TEXTS.read(text));
  }

  static Stream<Key<?>> keys() {
    return Stream.of(Keys.TOP, Keys.CACHE, PlaceKeys.ALL).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void samplesAreOfTheirKind(Key<?> key) {
    assertDoesNotThrow(() -> key.kind().read(key.kind().sample()));
  }
}
