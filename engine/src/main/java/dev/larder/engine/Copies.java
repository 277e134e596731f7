package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.ExpiryRule;
import dev.larder.Hooks;
import dev.larder.Life;
import dev.larder.Placement;
import dev.larder.TierStats;
import dev.larder.spi.Context;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Selection;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Upkeep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tier of memory in front of an authority: copies of some of its entries as objects, within
 * bounds and lives of their own. It knows nothing of when a copy is right; {@link TieredStore}
 * does. Nobody is told when a copy leaves.
 *
 * <p>Reads of copies are told to the authority now and then, so that what is hot here does not look
 * cold there, and a sliding deadline moves: after {@link Store#accessInterval}, or 1/128 of the
 * time to idle if that is shorter. By so much an entry may expire early.
 */
final class Copies<K, V> {
  private static final int SHARE = 128;

  private final MemoryStore<K, V> store;
  private final Store<K, V> authority;
  private final TierOptions options;
  private final Clock clock;
  private final Life life;
  private final long interval;

  Copies(
      CacheSpec<K, V> spec,
      TierOptions options,
      EvictionPolicy.Provider policy,
      Store<K, V> authority,
      Context context) {
    this.options = options;
    this.authority = authority;
    this.clock = context.clock();
    this.life = spec.expiry().life();
    this.interval = interval(life, authority.accessInterval());
    this.store =
        new MemoryStore<>(
            described(spec, options), policy, StoreEvents.none(), context, CopyNode::new);
  }

  private static long interval(Life life, long wanted) {
    if (!life.sliding()) {
      return wanted;
    }
    var shortens = life.onAccess() < Math.max(life.onCreate(), life.onUpdate());
    return shortens ? 0 : Math.min(wanted, life.onAccess() / SHARE);
  }

  private static <K, V> CacheSpec<K, V> described(CacheSpec<K, V> spec, TierOptions options) {
    var idle = options.timeToIdle();
    var rule = idle == Life.FOREVER ? Life.ETERNAL : new Life(idle, idle, idle, Life.FOREVER, 0);
    var tuning = spec.tuning();
    return new CacheSpec<>(
        spec.name(),
        spec.keyType(),
        spec.valueType(),
        options.bounds(),
        ExpiryRule.of(rule),
        Hooks.none(),
        Placement.MEMORY,
        tuning,
        spec.chosen());
  }

  /** The value of a live copy, read by the user, or null. No lock, no allocation. */
  @Nullable V value(K key) {
    var node = store.live(key, Touch.READ);
    var value = node == null ? null : node.value();
    if (node != null && value != null) {
      tell(key, (CopyNode<K, V>) node);
    }
    return value;
  }

  /** The live copy, with the deadline of its entry, or null. */
  @Nullable Stored<V> get(K key, Touch touch) {
    var node = (CopyNode<K, V>) store.live(key, touch);
    if (node == null) {
      return null;
    }
    if (touch != Touch.PEEK) {
      tell(key, node);
    }
    synchronized (node) {
      var value = node.value();
      return value == null
          ? null
          : new Stored.Snapshot<>(value, node.until(), node.version(), node.meta());
    }
  }

  private void tell(K key, CopyNode<K, V> node) {
    var now = clock.now();
    if (now - node.told() < interval) {
      return;
    }
    node.told(now);
    authority.accessed(key, now);
    if (life.sliding()) {
      var deadline = node.deadline();
      var moved = Life.deadline(now, life.onAccess());
      if (moved < deadline) {
        node.slide(deadline, moved);
        store.expires(node);
      }
    }
  }

  /**
   * Keeps a copy of an entry, unless there is one of a later version.
   *
   * @param stillRight asked under the lock of the copy; only if it says so a copy is kept
   * @return false when it was not right any more, or the entry is too large to be copied
   */
  boolean put(K key, V value, Stored<V> entry, BooleanSupplier stillRight) {
    var size = options.sizes() ? size(key, value) : 0;
    if (size > options.largest()) {
      return false;
    }
    var table = store.table();
    var hash = NodeTable.spread(key.hashCode());
    while (true) {
      var node = (CopyNode<K, V>) table.getOrInsert(key, hash);
      boolean rewritten;
      synchronized (node) {
        if (node.dead()) {
          table.remove(node);
          continue;
        }
        if (!stillRight.getAsBoolean()) {
          store.bury(node);
          return false;
        }
        rewritten = node.value() != null;
        if (rewritten && node.version() > entry.version()) {
          return true;
        }
        write(node, value, entry, size);
      }
      store.reconcile(node, rewritten);
      return true;
    }
  }

  /** Under the monitor of the node. */
  private void write(CopyNode<K, V> node, V value, Stored<V> entry, long size) {
    var now = clock.now();
    var latest = Math.min(entry.deadline(), Life.deadline(now, options.timeToLive()));
    node.copied(entry.version(), entry.deadline(), latest, size, now);
    node.value(value);
    node.deadline(Math.min(latest, Life.deadline(now, options.timeToIdle())), false);
    store.expires(node);
  }

  private static long size(Object key, Object value) {
    return Footprint.estimate(key) + Footprint.estimate(value) + Sizer.ENTRY_OVERHEAD;
  }

  /** Drops the copy, if there is one. */
  void forget(K key) {
    var node = store.table().get(key, NodeTable.spread(key.hashCode()));
    if (node != null) {
      store.drop(node);
    }
  }

  /** Drops the copy unless it is of this version. */
  void forgetUnless(K key, long version) {
    var node = store.table().get(key, NodeTable.spread(key.hashCode()));
    if (node != null && node.version() != version) {
      store.drop(node);
    }
  }

  /** Drops the copy if it is older than this version. */
  void forgetBefore(K key, long version) {
    var node = store.table().get(key, NodeTable.spread(key.hashCode()));
    if (node != null && node.version() < version) {
      store.drop(node);
    }
  }

  /** Drops every copy. */
  void clear() {
    store.invalidate(Selection.ALL);
  }

  /** Drops copies whose time has run out. */
  void purge() {
    store.maintain(Upkeep.PURGE);
  }

  /** How it is; the hits are counted by the front. */
  TierStats stats() {
    var info = store.info();
    return new TierStats("memory", 0, info.evictions(), info.size(), info.bytes());
  }

  long capacity() {
    return store.info().bounds().entries();
  }

  /** The keys of the copies, those that would leave last first. */
  List<K> hottestFirst() {
    var keys = new ArrayList<K>();
    store.coldestFirst().forEachRemaining(copy -> keys.add(copy.key()));
    Collections.reverse(keys);
    return keys;
  }
}
