package dev.larder.server.demo;

import dev.larder.CacheSpec;
import dev.larder.TierStats;
import dev.larder.jcache.LarderConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * The shop behind a read-through cache, as any application would set it up: the standard API, and
 * the bound, which the standard has no word for.
 */
final class CachedShop implements AutoCloseable {
  private final CacheManager manager;
  private final Cache<Integer, Product> cache;
  private final @Nullable Path folder;

  private CachedShop(CacheManager manager, Cache<Integer, Product> cache, @Nullable Path folder) {
    this.manager = manager;
    this.cache = cache;
    this.folder = folder;
  }

  /**
   * Opens a cache over the shop: of so many products, or of all of them, with so many in memory.
   */
  static CachedShop open(String name, Shop shop, Demo.Settings settings) throws IOException {
    var folder = settings.disk() ? Files.createTempDirectory("larder-demo-cache") : null;
    var configuration =
        new LarderConfiguration<>(Integer.class, Product.class)
            .with(spec -> place(spec, settings, folder))
            .setStoreByValue(settings.disk())
            .setStatisticsEnabled(settings.disk())
            .setReadThrough(true)
            .setCacheLoaderFactory(() -> new ShopLoader(shop));
    var manager = Caching.getCachingProvider().getCacheManager();
    return new CachedShop(manager, manager.createCache(name, configuration), folder);
  }

  private static void place(
      CacheSpec.Builder<Integer, Product> spec, Demo.Settings settings, @Nullable Path folder) {
    if (folder == null) {
      spec.maximumEntries(settings.entries());
      return;
    }
    spec.maximumEntries(settings.rows())
        .topology("disk")
        .option("disk.path", folder.resolve("cache.db").toString())
        .option("memory.maximum-entries", String.valueOf(settings.entries()));
  }

  Product find(int id) {
    return cache.get(id);
  }

  /** How many products the cache holds. */
  int size() {
    var size = 0;
    for (var ignored : cache) {
      size++;
    }
    return size;
  }

  /** What each tier did; empty where there is only one. */
  List<TierStats> tiers() {
    return cache.unwrap(dev.larder.Cache.class).control().stats().tiers();
  }

  @Override
  public void close() throws IOException {
    if (cache.isClosed()) {
      return;
    }
    manager.destroyCache(cache.getName());
    if (folder != null) {
      Folders.delete(folder);
    }
  }

  private record ShopLoader(Shop shop) implements CacheLoader<Integer, Product> {
    @Override
    public Product load(Integer id) {
      try {
        return shop.find(id);
      } catch (SQLException e) {
        throw new CacheLoaderException("product " + id, e);
      }
    }

    @Override
    public Map<Integer, Product> loadAll(Iterable<? extends Integer> ids) {
      var found = new HashMap<Integer, Product>();
      for (var id : ids) {
        found.put(id, load(id));
      }
      return found;
    }
  }
}
