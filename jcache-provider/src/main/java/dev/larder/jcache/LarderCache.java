package dev.larder.jcache;

import dev.larder.CacheSpec;
import dev.larder.Checks;
import dev.larder.SingleFlight;
import dev.larder.engine.CacheFront;
import dev.larder.jcache.Timings.Timing;
import dev.larder.jcache.copy.Copier;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A JCache cache over the front: checks and copies what goes in and out, and calls the front's word
 * for each of JCache's. docs/jcache-mapping.md has a row for each method; {@link Many} has the
 * methods for many keys.
 *
 * <p>The methods for one key say the same few lines again and again: a lambda that would spare them
 * is an allocation for each call that the compiler does not inline.
 *
 * <p>Longer than the house likes because {@link Cache} is: each of its methods hands on at once.
 */
final class LarderCache<K, V> implements Cache<K, V>, SingleFlight<K, V> {
  private final LarderCacheManager manager;
  private final CacheFront<K, V> front;
  private final ConcurrentMap<K, V> map;
  private final @Nullable ReadThrough<K, V> loader;
  private final Copier copier;
  private final Types<K, V> types;
  private final Timing gets;
  private final Timing puts;
  private final Timing removals;
  private final Underway underway;
  private final Many<K, V> many;
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
    this.map = front.asMap();
    this.loader = loader;
    this.copier = copier;
    this.types =
        new Types<>(front.name(), configuration.getKeyType(), configuration.getValueType());
    var timings = new Timings(manager.engine().clock());
    this.gets = timings.gets();
    this.puts = timings.puts();
    this.removals = timings.removals();
    this.underway = Underway.in(front.name());
    this.many =
        new Many<>(front, manager.engine().executor(), loader, copier, types, timings, underway);
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

  /**
   * A key to look for. Whether the cache is open is left to the front, but where the key is wrong
   * too: what is closed says so first.
   */
  private K asked(@Nullable K key) {
    if (key != null && types.fits(key)) {
      return key;
    }
    checkOpen();
    return types.key(key);
  }

  /** A key that the front may keep. */
  private K kept(@Nullable K key) {
    checkOpen();
    return copier.copy(types.key(key));
  }

  private V keptValue(@Nullable V value) {
    return copier.copy(types.value(value));
  }

  @Override
  public @Nullable V get(@Nullable K key) {
    var wanted = asked(key);
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
  public @Nullable V getOrCompute(
      @Nullable K key, @Nullable Callable<? extends @Nullable V> computation) {
    var wanted = kept(key);
    var loader = new Computing<>(Checks.notNull(computation, "computation"), types, copier);
    var start = gets.start();
    try {
      return copier.copyOrNull(front.find(wanted, loader));
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      gets.took(start);
    }
  }

  @Override
  public CompletionStage<@Nullable V> getOrComputeLater(
      @Nullable K key,
      @Nullable Callable<? extends @Nullable CompletionStage<? extends @Nullable V>> computation) {
    var wanted = kept(key);
    var later = new ComputingLater<>(Checks.notNull(computation, "computation"), types, copier);
    try {
      return Later.told(front.findLater(wanted, later), copier);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Map<K, V> getAll(@Nullable Set<? extends K> keys) {
    checkOpen();
    return many.getAll(keys);
  }

  @Override
  public boolean containsKey(@Nullable K key) {
    var wanted = asked(key);
    try {
      return front.contains(wanted);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void loadAll(
      @Nullable Set<? extends K> keys, boolean anew, @Nullable CompletionListener completion) {
    checkOpen();
    many.loadAll(keys, anew, completion);
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
    var start = puts.start();
    try {
      return copier.copyOrNull(map.put(wanted, stored));
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      puts.took(start);
    }
  }

  @Override
  public void putAll(@Nullable Map<? extends K, ? extends V> entries) {
    checkOpen();
    many.putAll(entries);
  }

  @Override
  public boolean putIfAbsent(@Nullable K key, @Nullable V value) {
    var wanted = kept(key);
    var stored = keptValue(value);
    var start = puts.start();
    try {
      return map.putIfAbsent(wanted, stored) == null;
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      puts.took(start);
    }
  }

  @Override
  public boolean remove(@Nullable K key) {
    var wanted = kept(key);
    var start = removals.start();
    try {
      return front.remove(wanted);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      removals.took(start);
    }
  }

  @Override
  public boolean remove(@Nullable K key, @Nullable V expected) {
    var wanted = kept(key);
    var value = types.value(expected);
    var start = removals.start();
    try {
      return map.remove(wanted, value);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      removals.took(start);
    }
  }

  @Override
  public @Nullable V getAndRemove(@Nullable K key) {
    var wanted = kept(key);
    var start = removals.start();
    try {
      return copier.copyOrNull(map.remove(wanted));
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      removals.took(start);
    }
  }

  @Override
  public boolean replace(@Nullable K key, @Nullable V expected, @Nullable V value) {
    var wanted = kept(key);
    var before = types.value(expected);
    var stored = keptValue(value);
    var start = puts.start();
    try {
      return map.replace(wanted, before, stored);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      puts.took(start);
    }
  }

  @Override
  public boolean replace(@Nullable K key, @Nullable V value) {
    return exchanged(key, value) != null;
  }

  @Override
  public @Nullable V getAndReplace(@Nullable K key, @Nullable V value) {
    return copier.copyOrNull(exchanged(key, value));
  }

  /** Replaces a value that is there; the one before, which is still the cache's. */
  private @Nullable V exchanged(@Nullable K key, @Nullable V value) {
    var wanted = kept(key);
    var stored = keptValue(value);
    var start = puts.start();
    try {
      return map.replace(wanted, stored);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    } finally {
      puts.took(start);
    }
  }

  @Override
  public void removeAll(@Nullable Set<? extends K> keys) {
    checkOpen();
    many.removeAll(keys);
  }

  @Override
  public void removeAll() {
    checkOpen();
    many.removeAll();
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
    try {
      return front.<T>update(wanted, new ProcessedEntry<>(types, copier, asked, arguments), true);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      @Nullable Set<? extends K> keys,
      @Nullable EntryProcessor<K, V, T> processor,
      Object... arguments) {
    checkOpen();
    return many.invokeAll(this, keys, processor, arguments);
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
    var steps = new Steps();
    steps.take(this::stop);
    steps.take(() -> release(List.of(this)));
    steps.end();
  }

  /** Closes it for its users at once; {@link #release} is to follow. */
  void stop() {
    extras.unregister();
    manager.close(this, front::close);
  }

  /** Waits for what stopped caches still load, and closes what was made for them. */
  static void release(Collection<LarderCache<?, ?>> stopped) {
    Underway.await(stopped.stream().map(cache -> cache.underway).toList(), Underway.PATIENCE);
    stopped.forEach(cache -> cache.extras.close());
  }

  @Override
  public boolean isClosed() {
    return front.closed();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.as(type, this, front, new Later<>(front, types, copier));
  }

  /** Name and size only: keys and values may be secret. */
  @Override
  public String toString() {
    return front.toString();
  }
}
