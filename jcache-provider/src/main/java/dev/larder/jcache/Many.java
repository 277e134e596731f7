package dev.larder.jcache;

import dev.larder.Checks;
import dev.larder.engine.CacheFront;
import dev.larder.jcache.Timings.Timing;
import dev.larder.jcache.copy.Copier;
import dev.larder.spi.Touch;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** What a JCache cache does with many keys at once. Whether it is open was checked before. */
record Many<K, V>(
    CacheFront<K, V> front,
    Executor executor,
    @Nullable ReadThrough<K, V> loader,
    Copier copier,
    Types<K, V> types,
    Timings timings,
    Underway underway) {
  private static final int PAGE = 256;

  /** Calls the front, with its exceptions as JCache knows them. */
  private static <T> T timed(Timing timing, Supplier<T> operation) {
    var start = timing.start();
    try {
      return operation.get();
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      timing.took(start);
    }
  }

  private static void run(Timing timing, Runnable operation) {
    timed(
        timing,
        () -> {
          operation.run();
          return true;
        });
  }

  private K kept(@Nullable K key) {
    return copier.copy(types.key(key));
  }

  private Set<K> kept(@Nullable Set<? extends K> keys) {
    var kept = new LinkedHashSet<K>();
    Checks.notNull(keys, "keys").forEach(key -> kept.add(kept((K) key)));
    return kept;
  }

  Map<K, V> getAll(@Nullable Set<? extends K> keys) {
    var wanted = kept(keys);
    var found = timed(timings.gets(), () -> front.getAll(wanted, Touch.READ));
    var result = new HashMap<K, V>();
    found.forEach((key, value) -> result.put(copier.copy(key), copier.copy(value)));
    return result;
  }

  void loadAll(
      @Nullable Set<? extends K> keys, boolean anew, @Nullable CompletionListener completion) {
    var wanted = kept(keys);
    var from = loader;
    var told = Completion.of(completion);
    if (from == null) {
      told.succeed();
      return;
    }
    try {
      executor.execute(() -> told.run(() -> underway.run(() -> front.loadAll(wanted, from, anew))));
    } catch (RejectedExecutionException e) {
      told.fail(e);
    }
  }

  void putAll(@Nullable Map<? extends K, ? extends V> entries) {
    var stored = new HashMap<K, V>();
    Checks.notNull(entries, "map")
        .forEach((key, value) -> stored.put(kept((K) key), copier.copy(types.value(value))));
    run(timings.puts(), () -> front.putAll(stored));
  }

  void removeAll(@Nullable Set<? extends K> keys) {
    var wanted = kept(keys);
    run(timings.removals(), () -> front.removeAll(wanted));
  }

  /** Page by page: no client holds the list of all keys. */
  void removeAll() {
    run(timings.removals(), this::removePages);
  }

  private void removePages() {
    var page = new LinkedHashSet<K>();
    for (var entry : front) {
      page.add(entry.key());
      if (page.size() == PAGE) {
        front.removeAll(page);
        page.clear();
      }
    }
    if (!page.isEmpty()) {
      front.removeAll(page);
    }
  }

  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Cache<K, V> cache,
      @Nullable Set<? extends K> keys,
      @Nullable EntryProcessor<K, V, T> processor,
      Object... arguments) {
    var wanted = kept(keys);
    Checks.notNull(processor, "entryProcessor");
    var results = new HashMap<K, EntryProcessorResult<T>>();
    for (K key : wanted) {
      try {
        @Nullable T result = cache.invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, Results.of(result));
        }
      } catch (RuntimeException e) {
        results.put(key, Results.failed(e));
      }
    }
    return results;
  }
}
