package dev.larder.testkit.reference;

import dev.larder.AsyncCache;
import dev.larder.Batch;
import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheControl;
import dev.larder.CacheEvent;
import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.CacheSpec;
import dev.larder.Checks;
import dev.larder.Clock;
import dev.larder.Entry;
import dev.larder.Life;
import dev.larder.MutableEntry;
import dev.larder.RemovalCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache that is obviously right: a map, a clock, one lock around everything. Others are compared
 * with it. It holds the contract of reads, writes, conditions, expiry without jitter, statistics
 * and synchronous listeners; it never evicts, has no writer, loads under its lock and promises
 * listeners no order between threads. Safe for all threads.
 */
public final class ReferenceCache<K, V> implements Cache<K, V> {
  private final CacheSpec<K, V> spec;
  private final Clock clock;
  private final ReferenceControl control;
  private final ReferenceRule<K, V> rule;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Node<V>> nodes = new LinkedHashMap<>();
  private final List<CacheEvent<K, V>> news = new ArrayList<>();
  private boolean closed;

  /** An empty cache of that description. */
  public ReferenceCache(CacheSpec<K, V> spec, Clock clock) {
    this.spec = spec;
    this.clock = clock;
    this.control = new ReferenceControl(spec, clock, () -> (long) nodes.size(), this::purge);
    this.rule = new ReferenceRule<>(spec, control);
  }

  /** Runs alone; listeners hear of it afterwards. */
  <T extends @Nullable Object> T alone(Supplier<T> work) {
    List<CacheEvent<K, V>> told;
    T result;
    lock.lock();
    try {
      if (closed) {
        throw new CacheClosedException("cache '" + spec.name() + "' is closed");
      }
      result = work.get();
    } finally {
      told = List.copyOf(news);
      news.clear();
      lock.unlock();
    }
    told.forEach(event -> control.tell(spec.hooks().listeners(), event));
    return result;
  }

  private void note(
      CacheEvent.Type type,
      K key,
      @Nullable V value,
      @Nullable V before,
      @Nullable RemovalCause cause) {
    news.add(new CacheEvent<>(type, key, value, before, cause));
  }

  /** The live entry; one whose time has run out leaves. */
  @Nullable Node<V> live(K key) {
    var node = nodes.get(key);
    if (node != null && node.deadline <= clock.exact()) {
      leave(key, RemovalCause.EXPIRED);
      return null;
    }
    return node;
  }

  @Nullable V peek(K key) {
    var node = live(key);
    return node == null ? null : node.value;
  }

  /** A read that counts, be it a hit or a miss. */
  @Nullable V read(K key, boolean touch) {
    var node = live(key);
    control.counted(node != null ? control.hits : control.misses);
    if (node == null) {
      note(CacheEvent.Type.MISS, key, null, null, null);
      return null;
    }
    var value = node.value;
    note(CacheEvent.Type.HIT, key, value, null, null);
    if (touch) {
      touch(key, node);
    }
    return value;
  }

  /** Counts a conditional write by what it found. */
  void counted(boolean found) {
    control.counted(found ? control.hits : control.misses);
  }

  void touched(K key) {
    var node = live(key);
    if (node != null) {
      touch(key, node);
    }
  }

  private void touch(K key, Node<V> node) {
    node.deadline = rule.read(key, node, clock.exact());
    if (node.deadline <= clock.exact()) {
      leave(key, RemovalCause.EXPIRED);
    }
  }

  /** Stores the value, with a life of its own where one is given. */
  void write(K key, V value, @Nullable Duration timeToLive) {
    var now = clock.exact();
    var node = live(key);
    var deadline =
        timeToLive != null
            ? Life.deadline(now, Life.millis(timeToLive))
            : rule.written(key, value, node, now);
    if (deadline <= now) {
      if (node != null) {
        leave(key, RemovalCause.EXPIRED);
      }
      return;
    }
    control.counted(control.puts);
    install(key, value, node, deadline, timeToLive != null);
  }

  private void install(K key, V value, @Nullable Node<V> node, long deadline, boolean own) {
    if (node == null) {
      note(CacheEvent.Type.CREATED, key, value, null, null);
    } else {
      note(CacheEvent.Type.UPDATED, key, value, node.value, null);
    }
    var written = node == null ? new Node<>(value) : node;
    written.value = value;
    written.deadline = deadline;
    written.own = own;
    written.writtenAt = clock.exact();
    nodes.put(key, written);
  }

  private void leave(K key, RemovalCause cause) {
    var node = nodes.remove(key);
    if (node != null) {
      control.counted(cause == RemovalCause.EXPIRED ? control.expirations : control.removals);
      note(CacheEvent.Type.REMOVED, key, node.value, null, cause);
    }
  }

  @Nullable V take(K key) {
    var value = peek(key);
    leave(key, RemovalCause.EXPLICIT);
    return value;
  }

  private long purge() {
    return alone(
        () -> {
          var before = nodes.size();
          List.copyOf(nodes.keySet()).forEach(this::live);
          return (long) before - nodes.size();
        });
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public @Nullable V get(K key) {
    Checks.notNull(key, "key");
    var loader = spec.hooks().loader();
    return loader == null ? alone(() -> read(key, true)) : get(key, loader);
  }

  @Override
  public V get(K key, CacheLoader<? super K, ? extends V> loader) {
    Checks.notNull(key, "key");
    Checks.notNull(loader, "loader");
    return alone(
        () -> {
          var found = read(key, true);
          return found != null ? found : load(key, loader);
        });
  }

  private V load(K key, CacheLoader<? super K, ? extends V> loader) {
    V value = called(() -> loader.load(key));
    if (value == null) {
      control.counted(control.loadFailures);
      throw new CacheLoadException("cache '" + name() + "': the loader returned null");
    }
    control.counted(control.loads);
    fill(key, value);
    return value;
  }

  private <T> T called(Callable<T> load) {
    try {
      return load.call();
    } catch (Exception e) {
      control.counted(control.loadFailures);
      throw new CacheLoadException("cache '" + name() + "': the loader failed: " + e, e);
    }
  }

  private void fill(K key, V value) {
    note(CacheEvent.Type.LOADED, key, value, null, null);
    var deadline = rule.written(key, value, null, clock.exact());
    if (deadline > clock.exact()) {
      install(key, value, null, deadline, false);
    }
  }

  @Override
  public Map<K, V> getAll(Collection<? extends K> keys) {
    Checks.notNull(keys, "keys").forEach(key -> Checks.notNull(key, "key"));
    return alone(
        () -> {
          var found = new HashMap<K, V>();
          var missing = new LinkedHashSet<K>();
          for (K key : new LinkedHashSet<K>(keys)) {
            var value = read(key, false);
            if (value == null) {
              missing.add(key);
            } else {
              found.put(key, value);
            }
          }
          var loader = spec.hooks().loader();
          if (loader != null && !missing.isEmpty()) {
            found.putAll(loadAll(missing, loader));
          }
          return Map.copyOf(found);
        });
  }

  private Map<K, V> loadAll(Set<K> keys, CacheLoader<? super K, ? extends V> loader) {
    var loaded =
        called(
            () -> {
              @SuppressWarnings(
                  "unchecked") // the keys asked for are K, whatever the loader could take
              var values = ((CacheLoader<K, V>) loader).loadAll(keys);
              return values;
            });
    control.counted(control.loads);
    var kept = new HashMap<K, V>();
    for (K key : keys) {
      var value = loaded.get(key);
      if (value != null) {
        kept.put(key, value);
        fill(key, value);
      }
    }
    return kept;
  }

  @Override
  public boolean contains(K key) {
    Checks.notNull(key, "key");
    return alone(() -> live(key) != null);
  }

  @Override
  public void put(K key, V value) {
    put(key, value, () -> null);
  }

  @Override
  public void put(K key, V value, Duration timeToLive) {
    put(key, value, () -> Checks.positive(timeToLive, "timeToLive"));
  }

  private void put(K key, V value, Supplier<@Nullable Duration> life) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    var own = life.get();
    change(() -> write(key, value, own));
  }

  private void change(Runnable work) {
    alone(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    Checks.notNull(entries, "entries");
    entries.keySet().forEach(key -> Checks.notNull(key, "key"));
    entries.values().forEach(value -> Checks.notNull(value, "value"));
    change(() -> entries.forEach((key, value) -> write(key, value, null)));
  }

  @Override
  public boolean remove(K key) {
    Checks.notNull(key, "key");
    return alone(() -> take(key) != null);
  }

  @Override
  public void removeAll(Collection<? extends K> keys) {
    Checks.notNull(keys, "keys").forEach(key -> Checks.notNull(key, "key"));
    change(() -> keys.forEach(this::take));
  }

  @Override
  public void clear() {
    change(nodes::clear);
  }

  @Override
  public <R extends @Nullable Object> R update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function) {
    Checks.notNull(key, "key");
    Checks.notNull(function, "function");
    return alone(
        () -> {
          var entry = new ReferenceEntry<>(key, peek(key));
          var existed = entry.exists();
          R result = function.apply(entry);
          counted(existed);
          var touched = entry.end();
          var value = entry.result();
          if (entry.changed() && value != null) {
            write(key, value, entry.life());
          } else if (entry.changed()) {
            leave(key, RemovalCause.EXPLICIT);
          } else if (touched) {
            touched(key);
          }
          return result;
        });
  }

  @Override
  public void batch(Consumer<? super Batch<K, V>> block) {
    Checks.notNull(block, "block");
    var collected = new ReferenceBatch<K, V>(this);
    block.accept(collected);
    change(collected::apply);
  }

  @Override
  public long size() {
    return alone(() -> (long) nodes.size());
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    return new ReferenceMap<>(this);
  }

  @Override
  public AsyncCache<K, V> async() {
    return new ReferenceAsync<>(this);
  }

  @Override
  public CacheControl control() {
    return control;
  }

  /** Over a copy: what leaves meanwhile is left out, what comes is not seen. */
  @Override
  public Iterator<Entry<K, V>> iterator() {
    return new ReferenceIterator<>(
        this, alone(() -> new ArrayList<>(nodes.keySet())), key -> alone(() -> shown(key)));
  }

  private @Nullable Entry<K, V> shown(K key) {
    var node = live(key);
    return node == null ? null : new Entry<>(key, node.value, node.deadline, 0);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      nodes.clear();
      control.closed();
    } finally {
      lock.unlock();
    }
  }
}
