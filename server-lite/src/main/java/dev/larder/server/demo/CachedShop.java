package dev.larder.server.demo;

import dev.larder.jcache.LarderConfiguration;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/**
 * The shop behind a read-through cache, as any application would set it up: the standard API, and
 * the bound, which the standard has no word for.
 */
final class CachedShop implements AutoCloseable {
  private final CacheManager manager;
  private final Cache<Integer, Product> cache;

  private CachedShop(CacheManager manager, Cache<Integer, Product> cache) {
    this.manager = manager;
    this.cache = cache;
  }

  /** Opens a cache of at most that many products over the shop. */
  static CachedShop open(String name, Shop shop, int entries) {
    var configuration =
        new LarderConfiguration<>(Integer.class, Product.class)
            .with(spec -> spec.maximumEntries(entries))
            .setStoreByValue(false)
            .setReadThrough(true)
            .setCacheLoaderFactory(() -> new ShopLoader(shop));
    var manager = Caching.getCachingProvider().getCacheManager();
    return new CachedShop(manager, manager.createCache(name, configuration));
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

  @Override
  public void close() {
    if (!cache.isClosed()) {
      manager.destroyCache(cache.getName());
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
