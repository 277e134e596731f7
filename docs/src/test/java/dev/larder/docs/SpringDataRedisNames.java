package dev.larder.docs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.data.redis.cache.BatchStrategy;
import org.springframework.data.redis.cache.CacheKeyPrefix;
import org.springframework.data.redis.cache.CacheStatistics;
import org.springframework.data.redis.cache.RedisCache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheManager.RedisCacheManagerBuilder;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;
import org.springframework.data.redis.connection.BitFieldSubCommands;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import org.springframework.data.redis.core.query.SortQuery;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.core.types.Expiration;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** What the Spring Data Redis cells of the table of equivalents may name. */
@NullUnmarked
public abstract class SpringDataRedisNames {
  protected String key;
  protected String other;
  protected String value;
  protected byte[] bytes;
  protected List<String> keys;
  protected Map<String, String> map;
  protected Duration time;
  protected Instant instant;
  protected Expiration expiration;
  protected RedisConnectionFactory factory;
  protected RedisStandaloneConfiguration server;
  protected LettuceClientConfigurationBuilder lettuce;
  protected RedisCacheManagerBuilder builder;
  protected RedisCacheManager manager;
  protected RedisCache cache;
  protected RedisCacheWriter writer;
  protected RedisCacheWriterConfigurer configurer;
  protected BatchStrategy batches;
  protected CacheKeyPrefix prefix;
  protected SerializationPair<String> strings;
  protected CacheStatistics stats;
  protected StringRedisTemplate template;
  protected ValueOperations<String, String> values;
  protected HashOperations<String, String, String> hashes;
  protected RedisCallback<String> callback;
  protected SessionCallback<String> session;
  protected RedisScript<String> script;
  protected ScanOptions options;
  protected SortQuery<String> query;
  protected BitFieldSubCommands bits;

  /** What cells that begin with a dot go on from. */
  protected abstract RedisCacheConfiguration start();
}
