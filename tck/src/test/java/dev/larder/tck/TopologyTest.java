package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.far.FarRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the TCK runs where its executions say: they choose the topology by this property alone. */
class TopologyTest {

  private static final String PROPERTY = "larder.topology";
  private static final MutableConfiguration<String, String> NOTHING_SAID =
      new MutableConfiguration<>();

  @Test
  void propertyMovesTheEntriesOfJCacheIntoTheFarRegion() {
    assertEquals(1, namesInTheFarRegionWithCacheOpenOn("far"));
  }

  @Test
  void memoryKeepsThemOutOfIt() {
    assertEquals(0, namesInTheFarRegionWithCacheOpenOn("memory"));
  }

  @Test
  void diskKeepsThemInTheFileUntilTheyAreDestroyed(@TempDir Path folder) {
    var file = folder.resolve("pantry.db");
    onDisk(
        file,
        manager -> {
          manager.createCache("pantry", NOTHING_SAID).put("flour", "3");
          manager.createCache("cellar", NOTHING_SAID).put("wine", "12");
        });
    assertTrue(Files.exists(file));
    onDisk(
        file,
        manager -> {
          assertEquals("3", manager.createCache("pantry", NOTHING_SAID).get("flour"));
          manager.destroyCache("pantry");
          manager.destroyCache("cellar");
        });
    onDisk(
        file,
        manager -> {
          assertNull(manager.createCache("pantry", NOTHING_SAID).get("flour"));
          assertNull(manager.createCache("cellar", NOTHING_SAID).get("wine"));
        });
  }

  private static void onDisk(Path file, Consumer<CacheManager> block) {
    var properties = new Properties();
    properties.setProperty("larder.topology", "disk");
    properties.setProperty("larder.disk.path", file.toString());
    try (var provider = Caching.getCachingProvider()) {
      block.accept(provider.getCacheManager(null, null, properties));
    }
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
