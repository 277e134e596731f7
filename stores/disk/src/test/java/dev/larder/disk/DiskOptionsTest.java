package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskOptionsTest {
  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("users", String.class, String.class).topology("disk");
  }

  @Test
  void whatIsNotSaidIsTheDefault() {
    var options = DiskOptions.of(spec().option("disk.path", "users.db").build());
    assertEquals("users.db", options.path());
    assertEquals(Durability.INTERVAL, options.durability());
    assertEquals(Duration.ofMillis(100), options.interval());
    assertEquals(Long.MAX_VALUE, options.compressAbove());
    assertTrue(options.readers() >= 4 && options.readers() <= 8);
  }

  @Test
  void everyOptionIsRead() {
    var options =
        DiskOptions.of(
            spec()
                .option("disk.path", ":memory:")
                .option("disk.durability", "each-write")
                .option("disk.interval", "1s500ms")
                .option("disk.access-times", "exact")
                .option("disk.compress-above", "4KB")
                .option("disk.readers", "2")
                .option("memory.maximum-entries", "is somebody else's")
                .build());
    assertEquals(
        new DiskOptions(
            ":memory:", Durability.EACH_WRITE, Duration.ofMillis(1_500), true, 4_096, 2),
        options);
  }

  @ParameterizedTest
  @CsvSource({
    "disk.durability, sometimes, each-write",
    "disk.interval, 100, 1ms",
    "disk.interval, never, 1ms",
    "disk.interval, 2h, 1ms",
    "disk.access-times, rough, coarse",
    "disk.compress-above, large, never",
    "disk.readers, 0, 64",
    "disk.readers, 65, 64",
    "disk.pathh, x.db, disk.path"
  })
  void wrongOptionIsRefusedNamingCacheOptionValueAndWhatIsAllowed(
      String name, String value, String allowed) {
    var spec = spec().option("disk.path", "users.db").option(name, value).build();
    var thrown = assertThrows(ConfigurationException.class, () -> DiskOptions.of(spec));
    var message = String.valueOf(thrown.getMessage());
    for (var word : List.of("users", name, allowed)) {
      assertTrue(message.contains(word), message);
    }
    assertTrue(name.equals("disk.pathh") || message.contains(value), message);
  }

  @Test
  void pathHasToBeGiven() {
    var spec = spec().build();
    var thrown = assertThrows(ConfigurationException.class, () -> DiskOptions.of(spec));
    assertTrue(String.valueOf(thrown.getMessage()).contains("disk.path"));
  }
}
