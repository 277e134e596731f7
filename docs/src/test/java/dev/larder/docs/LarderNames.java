package dev.larder.docs;

import dev.larder.AsyncCache;
import dev.larder.Cache;
import dev.larder.CacheLoader;
import dev.larder.CacheSpec;
import dev.larder.CacheStats;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.spring.LarderCacheManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;

/** What the Larder cells of tables of equivalents may name. */
@NullUnmarked
public abstract class LarderNames {
  protected String key;
  protected String value;
  protected String other;
  protected List<String> keys;
  protected Map<String, String> map;
  protected Duration time;
  protected long bound;
  protected Executor executor;
  protected ScheduledExecutorService scheduler;
  protected Clock clock;
  protected CacheLoader<String, String> loader;
  protected Function<String, String> function;
  protected Larder larder;
  protected LarderBuilder builder;
  protected CacheSpec<String, String> spec;
  protected Cache<String, String> cache;
  protected AsyncCache<String, String> async;
  protected CacheStats stats;
  protected LarderCacheManager springs;
  protected javax.cache.CacheManager manager;
  protected javax.cache.Cache<String, String> jcache;

  /** What cells that begin with a dot go on from. */
  protected abstract CacheSpec.Builder<String, String> start();

  /** Stands for code of the user. */
  protected abstract String compute(String from);
}
