package dev.larder.jcache;

import dev.larder.CacheSpec;
import dev.larder.Checks;
import dev.larder.engine.CacheFront;
import dev.larder.jcache.Timings.Timing;
import dev.larder.spi.Touch;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A JCache cache over the front: checks and copies what goes in and out, and calls the front's word
 * for each of JCache's. docs/jcache-mapping.md has a row for each method.
 *
 * <p>Longer than the house likes because {@link Cache} is: each of its methods hands on at once.
 */
final class LarderCache<K, V> implements Cache<K, V> {
  private static final int PAGE = 256;

  private final LarderCacheManager manager;
  private final CacheFront<K, V> front;
  private final @Nullable ReadThrough<K, V> loader;
  private final Copier copier;
  private final Types<K, V> types;
  private final Timing gets;
  private final Timing puts;
  private final Timing removals;
  private final Extras<K, V> extras;

  LarderCache(
      LarderCacheManager manager,
      CacheFront<K, V> front,
      LarderConfiguration<K, V> configuration,
      @Nullable ReadThrough<K, V> loader,
      Copier copier,
      Customizations customizations) {
    this.manager = manager;
    this.front = front;
    this.loader = loader;
    this.copier = copier;
    this.types =
        new Types<>(front.name(), configuration.getKeyType(), configuration.getValueType());
    var timings = new Timings(manager.engine().clock());
    this.gets = timings.gets();
    this.puts = timings.puts();
    this.removals = timings.removals();
    this.extras = new Extras<>(this, front, configuration, copier, customizations, timings);
  }

  /** Registers what the configuration asks for. */
  void start() {
    extras.start();
  }

  Types<K, V> types() {
    return types;
  }

  CacheSpec<?, ?> spec() {
    return front.control().spec();
  }

  private void checkOpen() {
    if (front.closed()) {
      throw new IllegalStateException("cache '" + front.name() + "' is closed");
    }
  }

  /** Calls the front, with its exceptions as JCache knows them. */
  private static <T extends @Nullable Object> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  private static <T extends @Nullable Object> T timed(Timing timing, Supplier<T> operation) {
    var start = timing.start();
    try {
      return call(operation);
    } finally {
      timing.took(start);
    }
  }

  /** A key that the front may keep. */
  private K kept(@Nullable K key) {
    checkOpen();
    return copier.copy(types.key(key));
  }

  private V keptValue(@Nullable V value) {
    return copier.copy(types.value(value));
  }

  private Set<K> kept(@Nullable Set<? extends K> keys) {
    checkOpen();
    var kept = new LinkedHashSet<K>();
    Checks.notNull(keys, "keys").forEach(key -> kept.add(copier.copy(types.key(key))));
    return kept;
  }

  @Override
  public @Nullable V get(@Nullable K key) {
    checkOpen();
    var wanted = types.key(key);
    var start = gets.start();
    try {
      return copier.copyOrNull(front.get(loader == null ? wanted : copier.copy(wanted)));
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      gets.took(start);
    }
  }

  @Override
  public Map<K, V> getAll(@Nullable Set<? extends K> keys) {
    var wanted = kept(keys);
    var found = timed(gets, () -> front.getAll(wanted, Touch.READ));
    var result = new HashMap<K, V>();
    found.forEach((key, value) -> result.put(copier.copy(key), copier.copy(value)));
    return result;
  }

  @Override
  public boolean containsKey(@Nullable K key) {
    checkOpen();
    var wanted = types.key(key);
    return call(() -> front.contains(wanted));
  }

  @Override
  public void loadAll(
      @Nullable Set<? extends K> keys, boolean anew, @Nullable CompletionListener completion) {
    var wanted = kept(keys);
    var from = loader;
    if (from == null) {
      Completion.of(completion).succeed();
      return;
    }
    var told = Completion.of(completion);
    try {
      manager.engine().executor().execute(() -> told.run(() -> front.loadAll(wanted, from, anew)));
    } catch (RejectedExecutionException e) {
      told.fail(e);
    }
  }

  @Override
  public void put(@Nullable K key, @Nullable V value) {
    var wanted = kept(key);
    var stored = keptValue(value);
    var start = puts.start();
    try {
      front.put(wanted, stored);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      puts.took(start);
    }
  }

  @Override
  public @Nullable V getAndPut(@Nullable K key, @Nullable V value) {
    var wanted = kept(key);
    var stored = keptValue(value);
    return copier.copyOrNull(timed(puts, () -> front.asMap().put(wanted, stored)));
  }

  @Override
  public void putAll(@Nullable Map<? extends K, ? extends V> entries) {
    checkOpen();
    var stored = new HashMap<K, V>();
    Checks.notNull(entries, "map")
        .forEach((key, value) -> stored.put(kept((K) key), keptValue(value)));
    timed(
        puts,
        () -> {
          front.putAll(stored);
          return true;
        });
  }

  @Override
  public boolean putIfAbsent(@Nullable K key, @Nullable V value) {
    var wanted = kept(key);
    var stored = keptValue(value);
    return timed(puts, () -> front.asMap().putIfAbsent(wanted, stored) == null);
  }

  @Override
  public boolean remove(@Nullable K key) {
    var wanted = kept(key);
    return timed(removals, () -> front.remove(wanted));
  }

  @Override
  public boolean remove(@Nullable K key, @Nullable V expected) {
    var wanted = kept(key);
    var value = types.value(expected);
    return timed(removals, () -> front.asMap().remove(wanted, value));
  }

  @Override
  public @Nullable V getAndRemove(@Nullable K key) {
    var wanted = kept(key);
    return copier.copyOrNull(timed(removals, () -> front.asMap().remove(wanted)));
  }

  @Override
  public boolean replace(@Nullable K key, @Nullable V expected, @Nullable V value) {
    var wanted = kept(key);
    var before = types.value(expected);
    var stored = keptValue(value);
    return timed(puts, () -> front.asMap().replace(wanted, before, stored));
  }

  @Override
  public boolean replace(@Nullable K key, @Nullable V value) {
    return getAndReplace(key, value) != null;
  }

  @Override
  public @Nullable V getAndReplace(@Nullable K key, @Nullable V value) {
    var wanted = kept(key);
    var stored = keptValue(value);
    return copier.copyOrNull(timed(puts, () -> front.asMap().replace(wanted, stored)));
  }

  @Override
  public void removeAll(@Nullable Set<? extends K> keys) {
    var wanted = kept(keys);
    timed(
        removals,
        () -> {
          front.removeAll(wanted);
          return true;
        });
  }

  /** Page by page: no client holds the list of all keys. */
  @Override
  public void removeAll() {
    checkOpen();
    timed(
        removals,
        () -> {
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
          return true;
        });
  }

  @Override
  public void clear() {
    checkOpen();
    try {
      front.clear();
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T invoke(
      @Nullable K key, @Nullable EntryProcessor<K, V, T> processor, Object... arguments) {
    var wanted = kept(key);
    var asked = Checks.notNull(processor, "entryProcessor");
    return call(() -> front.<T>update(wanted, entry -> process(entry, asked, arguments), true));
  }

  private <T extends @Nullable Object> T process(
      dev.larder.MutableEntry<K, V> entry, EntryProcessor<K, V, T> processor, Object... arguments) {
    try {
      return processor.process(new ProcessedEntry<>(entry, types, copier), arguments);
    } catch (javax.cache.CacheException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new EntryProcessorException(
          "an entry processor on cache '" + front.name() + "' threw; nothing was changed", e);
    }
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      @Nullable Set<? extends K> keys,
      @Nullable EntryProcessor<K, V, T> processor,
      Object... arguments) {
    var wanted = kept(keys);
    Checks.notNull(processor, "entryProcessor");
    var results = new HashMap<K, EntryProcessorResult<T>>();
    for (K key : wanted) {
      try {
        @Nullable T result = invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, Results.of(result));
        }
      } catch (RuntimeException e) {
        results.put(key, Results.failed(e));
      }
    }
    return results;
  }

  @Override
  public Iterator<Entry<K, V>> iterator() {
    checkOpen();
    return new EntryIterator<>(this, front, copier);
  }

  @Override
  public void registerCacheEntryListener(
      @Nullable CacheEntryListenerConfiguration<K, V> configuration) {
    checkOpen();
    extras.register(Checks.notNull(configuration, "configuration"));
  }

  @Override
  public void deregisterCacheEntryListener(
      @Nullable CacheEntryListenerConfiguration<K, V> configuration) {
    checkOpen();
    extras.deregister(Checks.notNull(configuration, "configuration"));
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return extras.configuration(type);
  }

  void enableManagement(boolean enabled) {
    checkOpen();
    extras.enableManagement(enabled);
  }

  void enableStatistics(boolean enabled) {
    checkOpen();
    extras.enableStatistics(enabled);
  }

  @Override
  public String getName() {
    return front.name();
  }

  @Override
  public CacheManager getCacheManager() {
    return manager;
  }

  String uri() {
    return manager.getURI().toString();
  }

  long managerNumber() {
    return manager.number();
  }

  @Override
  public void close() {
    extras.unregister();
    manager.close(this, front::close);
    extras.close();
  }

  @Override
  public boolean isClosed() {
    return front.closed();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.as(type, this, front);
  }

  /** Name and size only: keys and values may be secret. */
  @Override
  public String toString() {
    return front.toString();
  }
}
