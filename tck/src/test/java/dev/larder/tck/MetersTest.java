package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.SingleFlight;
import dev.larder.micrometer.LarderJCacheMetrics;
import dev.larder.tck.support.Place;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meters of a cache wherever its entries are. */
class MetersTest {

  @ParameterizedTest
  @CsvSource({"memory, memory", "disk, memory disk", "remote, remote"})
  void countsSizesAndTiersAreThoseOfTheTopology(String topology, String tiers) {
    try (var manager = Place.on(topology).manager()) {
      var clock = new MockClock();
      var registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
      LarderJCacheMetrics.monitor(registry, manager);
      var cache =
          manager.createCache(
              "users", new MutableConfiguration<String, String>().setStatisticsEnabled(true));
      cache.put("ada", "Ada Lovelace");
      cache.put("bob", "Bob");
      cache.get("ada");
      cache.get("nobody");
      cache.remove("bob");
      @SuppressWarnings("unchecked")
      SingleFlight<String, String> flights = cache.unwrap(SingleFlight.class);
      assertEquals("loaded", flights.getOrCompute("cy", () -> "loaded"));
      clock.add(Duration.ofSeconds(1)); // meters are read anew

      assertEquals(2, count(registry, "cache.puts"));
      assertEquals(1, count(registry, "cache.removals"));
      assertEquals(1, count(registry, "cache.gets", "result", "hit"));
      assertEquals(2, count(registry, "cache.gets", "result", "miss"));
      assertEquals(1, count(registry, "cache.load", "result", "success"));
      assertTrue(
          registry.get("cache.load.time").functionTimer().totalTime(TimeUnit.NANOSECONDS) > 0);
      assertEquals(2, registry.get("cache.size").gauge().value());
      assertEquals(2, registry.get("cache.weight").gauge().value());
      assertEquals(1, registry.get("cache.health").tag("state", "healthy").gauge().value());
      assertEquals(Set.of(tiers.split(" ")), tiers(registry));
      manager.getCachingProvider().close();
    }
  }

  private static double count(MeterRegistry registry, String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  private static Set<String> tiers(MeterRegistry registry) {
    return registry.get("cache.tier.size").gauges().stream()
        .flatMap(gauge -> gauge.getId().getTags().stream())
        .filter(tag -> tag.getKey().equals("tier"))
        .map(Tag::getValue)
        .collect(Collectors.toSet());
  }
}
