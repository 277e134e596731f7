package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheControl;
import dev.larder.MissCause;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JCache leaves to the provider, where entries outlive their manager. */
class JCacheOnDiskTest {
  private static final URI DEFAULT = URI.create("larder:default");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("cache.db");
  }

  private record Article(String name, int cents) implements Serializable {}

  private static MutableConfiguration<String, String> strings() {
    return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
  }

  private Properties properties() {
    var properties = new Properties();
    properties.setProperty("larder.topology", "disk");
    properties.setProperty("larder.disk.path", file.toString());
    return properties;
  }

  private void with(URI uri, Consumer<CacheManager> block) {
    try (var provider = Caching.getCachingProvider()) {
      block.accept(provider.getCacheManager(uri, null, properties()));
    }
  }

  private void withManager(Consumer<CacheManager> block) {
    with(DEFAULT, block);
  }

  @Test
  void closedCacheIsThereAgainWhenItIsCreatedAgain() {
    withManager(
        manager -> {
          var pantry = manager.createCache("pantry", strings());
          pantry.put("flour", "3");
          pantry.close();
          assertNull(manager.getCache("pantry"));
          assertEquals("3", manager.createCache("pantry", strings()).get("flour"));
        });
  }

  @Test
  void nextProcessFindsWhatAClosedManagerLeft() {
    withManager(manager -> manager.createCache("pantry", strings()).put("flour", "3"));
    withManager(
        manager -> {
          var pantry = manager.createCache("pantry", strings());
          assertTrue(pantry.containsKey("flour"));
          assertEquals("3", pantry.get("flour"));
          pantry.remove("flour");
        });
    withManager(manager -> assertNull(manager.createCache("pantry", strings()).get("flour")));
  }

  @Test
  void destroyedCacheIsGoneForEver() {
    withManager(
        manager -> {
          manager.createCache("pantry", strings()).put("flour", "3");
          manager.destroyCache("pantry");
          assertNull(manager.createCache("pantry", strings()).get("flour"));
        });
    withManager(manager -> assertNull(manager.createCache("pantry", strings()).get("flour")));
  }

  @Test
  void cacheThatIsNotOpenIsDestroyedTooAndOthersStay() {
    withManager(
        manager -> {
          manager.createCache("pantry", strings()).put("flour", "3");
          manager.createCache("cellar", strings()).put("wine", "12");
        });
    withManager(
        manager -> {
          manager.destroyCache("pantry");
          manager.destroyCache("never there");
        });
    withManager(
        manager -> {
          assertNull(manager.createCache("pantry", strings()).get("flour"));
          assertEquals("12", manager.createCache("cellar", strings()).get("wine"));
        });
  }

  @Test
  void destroyingBesideAnOpenCacheOfTheSameFileLeavesThatAlone() {
    withManager(
        manager -> {
          var pantry = manager.createCache("pantry", strings());
          pantry.put("flour", "3");
          manager.createCache("cellar", strings()).put("wine", "12");
          manager.destroyCache("cellar");
          pantry.put("sugar", "1");
          assertEquals("3", pantry.get("flour"));
        });
    withManager(
        manager -> {
          assertEquals("1", manager.createCache("pantry", strings()).get("sugar"));
          assertNull(manager.createCache("cellar", strings()).get("wine"));
        });
  }

  @Test
  void managersOfDifferentUrisStayApartInOneFile() {
    var shop = URI.create("larder:shop");
    var office = URI.create("larder:office");
    try (var provider = Caching.getCachingProvider()) {
      var one = provider.getCacheManager(shop, null, properties());
      var two = provider.getCacheManager(office, null, properties());
      one.createCache("pantry", strings()).put("flour", "of the shop");
      two.createCache("pantry", strings()).put("flour", "of the office");
      assertEquals("of the shop", one.getCache("pantry", String.class, String.class).get("flour"));
      two.destroyCache("pantry");
      assertEquals("of the shop", one.getCache("pantry", String.class, String.class).get("flour"));
    }
    with(
        shop,
        manager ->
            assertEquals("of the shop", manager.createCache("pantry", strings()).get("flour")));
    with(office, manager -> assertNull(manager.createCache("pantry", strings()).get("flour")));
  }

  @Test
  void namedClassLoadersStayApartAndComeBackUnderTheirNames() throws IOException {
    for (var round = 0; round < 2; round++) {
      for (var name : new String[] {"one", "two"}) {
        try (var loader = new URLClassLoader(name, new URL[0], getClass().getClassLoader());
            var provider = Caching.getCachingProvider()) {
          var pantry =
              provider.getCacheManager(null, loader, properties()).createCache("pantry", strings());
          assertEquals(round == 0 ? null : "of " + name, pantry.get("flour"));
          pantry.put("flour", "of " + name);
        }
      }
    }
  }

  @Test
  void serializableValuesOfAnApplicationComeBackEqual() {
    var articles =
        new MutableConfiguration<String, Article>().setTypes(String.class, Article.class);
    withManager(
        manager -> manager.createCache("articles", articles).put("tea", new Article("Sencha", 12)));
    withManager(
        manager ->
            assertEquals(
                new Article("Sencha", 12), manager.createCache("articles", articles).get("tea")));
  }

  @Test
  void putAllStoresAllOrNothing() {
    var anything = new MutableConfiguration<String, Object>();
    withManager(
        manager -> {
          var pantry = manager.createCache("pantry", anything);
          var entries = new LinkedHashMap<String, Object>();
          entries.put("flour", 3);
          entries.put("ghost", Optional.of("not serializable"));
          entries.put("sugar", 1);
          assertThrows(CacheException.class, () -> pantry.putAll(entries));
          assertEquals(Map.of(), pantry.getAll(entries.keySet()));
          entries.remove("ghost");
          pantry.putAll(entries);
          assertEquals(entries, pantry.getAll(entries.keySet()));
        });
    withManager(
        manager ->
            assertEquals(
                Map.of("flour", 3, "sugar", 1),
                manager.createCache("pantry", anything).getAll(Set.of("flour", "sugar"))));
  }

  @Test
  void missOfAnOlderSchemaIsCountedUnderItsCause() {
    withManager(manager -> manager.createCache("pantry", strings()).put("flour", "3"));
    var properties = properties();
    properties.setProperty("larder.caches.pantry.schema-version", "1");
    properties.setProperty("larder.caches.pantry.statistics", "true");
    // Else it may come upon the entry first, in the background.
    properties.setProperty("larder.memory.warm-start", "never");
    try (var provider = Caching.getCachingProvider()) {
      var pantry =
          provider.getCacheManager(DEFAULT, null, properties).createCache("pantry", strings());
      assertNull(pantry.get("flour"));
      assertEquals(1, control(pantry).stats().misread().get(MissCause.SCHEMA));
    }
    withManager(
        manager -> assertNull(manager.createCache("pantry", strings()).get("flour"), "dropped"));
  }

  private static CacheControl control(Cache<?, ?> cache) {
    return cache.unwrap(dev.larder.Cache.class).control();
  }

  @Test
  void tiersOfACacheAreToldApart() {
    var properties = properties();
    properties.setProperty("larder.caches.pantry.statistics", "true");
    try (var provider = Caching.getCachingProvider()) {
      var pantry =
          provider.getCacheManager(DEFAULT, null, properties).createCache("pantry", strings());
      pantry.put("flour", "3");
      assertEquals("3", pantry.get("flour"));
      var tiers = control(pantry).stats().tiers();
      assertEquals("memory", tiers.get(0).name());
      assertEquals("disk", tiers.get(1).name());
      assertEquals(1, tiers.get(0).hits());
      assertEquals(0, tiers.get(1).hits());
      assertEquals(1, tiers.get(1).size());
    }
  }

  @Test
  void cacheByReferenceStaysInMemoryAndLeavesNothing() {
    var byReference = strings().setStoreByValue(false);
    withManager(manager -> manager.createCache("loose", byReference).put("flour", "3"));
    withManager(manager -> assertNull(manager.createCache("loose", byReference).get("flour")));
  }

  @Test
  void oneWordAndAPathInAFileSelectIt() throws IOException {
    var yaml =
        Files.writeString(
            folder.resolve("larder.yaml"),
            "topology: disk\ndisk.path: " + file + "\ncaches: {pantry: {maximum-entries: 5}}\n");
    for (var round = 0; round < 2; round++) {
      try (var provider = Caching.getCachingProvider()) {
        var manager = provider.getCacheManager(yaml.toUri(), null);
        var pantry = manager.getCache("pantry", String.class, String.class);
        assertEquals(round == 0 ? null : "3", pantry.get("flour"));
        pantry.put("flour", "3");
      }
    }
    assertTrue(Files.size(file) > 0);
  }

  @Test
  void missingPathIsToldWhenTheCacheIsCreated() {
    var properties = new Properties();
    properties.setProperty("larder.topology", "disk");
    try (var provider = Caching.getCachingProvider()) {
      var manager = provider.getCacheManager(DEFAULT, null, properties);
      var refused =
          assertThrows(CacheException.class, () -> manager.createCache("pantry", strings()));
      assertTrue(
          refused.getMessage().contains("disk.path is not set; allowed: a file, or :memory:"),
          refused::getMessage);
    }
  }

  @Test
  void folderInPlaceOfAFileIsRefusedByName() {
    file = folder;
    withManager(
        manager -> {
          var refused =
              assertThrows(CacheException.class, () -> manager.createCache("pantry", strings()));
          assertTrue(refused.getMessage().contains(folder.toString()), refused::getMessage);
        });
  }
}
