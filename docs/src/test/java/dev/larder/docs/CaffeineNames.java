package dev.larder.docs;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.RemovalListener;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** What the Caffeine cells of the table of equivalents may name. */
@NullUnmarked
public abstract class CaffeineNames {
  protected String key;
  protected String value;
  protected List<String> keys;
  protected Map<String, String> map;
  protected Duration time;
  protected long nanos;
  protected long bound;
  protected Executor executor;
  protected ScheduledExecutorService service;
  protected Scheduler scheduler;
  protected Ticker ticker;
  protected Weigher<String, String> weigher;
  protected Expiry<String, String> expiry;
  protected RemovalListener<String, String> listener;
  protected RemovalCause cause;
  protected CacheLoader<String, String> loader;
  protected AsyncCacheLoader<String, String> asyncLoader;
  protected Function<String, String> function;
  protected BiFunction<String, Executor, CompletableFuture<String>> asyncFunction;
  protected Function<Set<? extends String>, Map<String, String>> bulk;
  protected BiFunction<String, String, Duration> life;
  protected CompletableFuture<String> future;
  protected Supplier<StatsCounter> counters;
  protected StatsCounter counter;
  protected Cache<String, String> cache;
  protected LoadingCache<String, String> loading;
  protected AsyncCache<String, String> async;
  protected AsyncLoadingCache<String, String> asyncLoading;
  protected CacheStats stats;
  protected Policy<String, String> policy;
  protected Policy.Eviction<String, String> eviction;
  protected Policy.FixedExpiration<String, String> fixed;
  protected Policy.VarExpiration<String, String> variable;
  protected Policy.FixedRefresh<String, String> refresh;
  protected Policy.CacheEntry<String, String> entry;

  /** What cells that begin with a dot go on from. */
  protected abstract Caffeine<Object, Object> start();
}
