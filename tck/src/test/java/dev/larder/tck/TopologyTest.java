package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.testkit.far.FarRegion;
import java.util.Optional;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

/** That the TCK runs where its executions say: they choose the topology by this property alone. */
class TopologyTest {

  private static final String PROPERTY = "larder.topology";

  @Test
  void propertyMovesTheEntriesOfJCacheIntoTheFarRegion() {
    assertEquals(1, namesInTheFarRegionWithCacheOpenOn("far"));
  }

  @Test
  void memoryKeepsThemOutOfIt() {
    assertEquals(0, namesInTheFarRegionWithCacheOpenOn("memory"));
  }

  private static int namesInTheFarRegionWithCacheOpenOn(String topology) {
    var before = Optional.ofNullable(System.getProperty(PROPERTY));
    System.setProperty(PROPERTY, topology);
    try (var provider = Caching.getCachingProvider()) {
      var manager = provider.getCacheManager();
      var configuration = new MutableConfiguration<String, String>();
      manager.createCache("pantry", configuration).put("flour", "3");
      assertEquals("3", manager.getCache("pantry").get("flour"));
      var names = FarRegion.of(FarRegion.DEFAULT).names().size();
      manager.destroyCache("pantry");
      return names;
    } finally {
      before.ifPresentOrElse(
          value -> System.setProperty(PROPERTY, value), () -> System.clearProperty(PROPERTY));
    }
  }
}
