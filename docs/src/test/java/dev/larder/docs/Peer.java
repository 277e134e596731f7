package dev.larder.docs;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.CaffeineSpec;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Interner;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.RemovalListener;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ehcache.CacheManager;
import org.ehcache.PersistentCacheManager;
import org.ehcache.PersistentUserManagedCache;
import org.ehcache.UserManagedCache;
import org.ehcache.config.CacheRuntimeConfiguration;
import org.ehcache.config.EvictionAdvisor;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheEventListenerConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.PooledExecutionServiceConfigurationBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.builders.UserManagedCacheBuilder;
import org.ehcache.config.builders.WriteBehindConfigurationBuilder;
import org.ehcache.core.statistics.CacheStatistics;
import org.ehcache.event.CacheEvent;
import org.ehcache.event.CacheEventListener;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.spi.copy.Copier;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.BatchStrategy;
import org.springframework.data.redis.cache.CacheKeyPrefix;
import org.springframework.data.redis.cache.RedisCache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ValueOperations;

/** A library that people move from, with its page. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are made by List.of
enum Peer {
  CAFFEINE(
      "Caffeine",
      "docs/moving-from-caffeine.md",
      CaffeineNames.class,
      List.of("com.github.benmanes.caffeine.cache.*", "com.github.benmanes.caffeine.cache.stats.*"),
      List.of(
          Caffeine.class,
          CaffeineSpec.class,
          Cache.class,
          LoadingCache.class,
          AsyncCache.class,
          AsyncLoadingCache.class,
          Policy.class,
          Policy.Eviction.class,
          Policy.FixedExpiration.class,
          Policy.VarExpiration.class,
          Policy.FixedRefresh.class,
          Policy.CacheEntry.class,
          CacheLoader.class,
          AsyncCacheLoader.class,
          Expiry.class,
          Weigher.class,
          RemovalListener.class,
          RemovalCause.class,
          Scheduler.class,
          Ticker.class,
          Interner.class,
          CacheStats.class,
          StatsCounter.class)),
  EHCACHE(
      "Ehcache",
      "docs/moving-from-ehcache.md",
      EhcacheNames.class,
      List.of(
          "org.ehcache.*",
          "org.ehcache.config.builders.*",
          "org.ehcache.config.units.*",
          "org.ehcache.event.*",
          "org.ehcache.jsr107.*"),
      List.of(
          CacheManagerBuilder.class,
          CacheConfigurationBuilder.class,
          ResourcePoolsBuilder.class,
          ExpiryPolicyBuilder.class,
          CacheEventListenerConfigurationBuilder.class,
          WriteBehindConfigurationBuilder.class,
          PooledExecutionServiceConfigurationBuilder.class,
          UserManagedCacheBuilder.class,
          org.ehcache.Cache.class,
          CacheManager.class,
          PersistentCacheManager.class,
          UserManagedCache.class,
          PersistentUserManagedCache.class,
          CacheRuntimeConfiguration.class,
          EvictionAdvisor.class,
          ExpiryPolicy.class,
          CacheLoaderWriter.class,
          CacheEvent.class,
          CacheEventListener.class,
          CacheStatistics.class,
          Copier.class,
          Eh107Configuration.class)),
  SPRING_DATA_REDIS(
      "Spring Data Redis",
      "docs/moving-from-spring-data-redis.md",
      SpringDataRedisNames.class,
      List.of("org.springframework.data.redis.cache.*"),
      List.of(
          RedisCacheManager.class,
          RedisCacheManager.RedisCacheManagerBuilder.class,
          RedisCacheConfiguration.class,
          RedisCacheWriter.class,
          RedisCacheWriter.TtlFunction.class,
          RedisCacheWriter.RedisCacheWriterConfigurer.class,
          RedisCache.class,
          BatchStrategies.class,
          BatchStrategy.class,
          CacheKeyPrefix.class,
          org.springframework.data.redis.cache.CacheStatistics.class,
          RedisOperations.class,
          ValueOperations.class,
          HashOperations.class));

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));

  private final String header;
  private final String page;
  private final Class<?> names;
  private final List<String> imports;
  private final List<Class<?>> api;

  Peer(String header, String page, Class<?> names, List<String> imports, List<Class<?>> api) {
    this.header = header;
    this.page = page;
    this.names = names;
    this.imports = imports;
    this.api = api;
  }

  /** The header of its column. */
  String header() {
    return header;
  }

  /** Its page, from the root. */
  String page() {
    return page;
  }

  /** Whether its programs need a server. */
  boolean served() {
    return this == SPRING_DATA_REDIS;
  }

  /** The class that has what its cells name. */
  Class<?> names() {
    return names;
  }

  /** What its cells import. */
  List<String> imports() {
    return with(imports);
  }

  /** What the cells of Larder import. */
  static List<String> larderImports() {
    return with(List.of("dev.larder.*", "dev.larder.jcache.*", "dev.larder.spring.*"));
  }

  private static List<String> with(List<String> more) {
    var always = Stream.of("java.net.URI", "java.time.*", "java.util.*", "java.util.concurrent.*");
    return Stream.concat(always, more.stream()).toList();
  }

  /** The public types that its tables speak of. */
  List<Class<?>> api() {
    return api;
  }

  /** The cells under a header on its page. */
  List<Cell> cells(String under) throws IOException {
    var cells = Cell.under(under, Files.readString(ROOT.resolve(page)));
    if (cells.isEmpty()) {
      throw new AssertionError(page + ": no table with a column " + under);
    }
    return cells;
  }
}
