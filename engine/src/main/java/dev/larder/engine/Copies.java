package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.ExpiryRule;
import dev.larder.Hooks;
import dev.larder.Life;
import dev.larder.Placement;
import dev.larder.TierStats;
import dev.larder.engine.CopyNode.Origin;
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
import java.util.Map;
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
class Copies<K, V> {
  private static final int SHARE = 128;

  private final MemoryStore<K, V> store;
  private final Store<K, V> authority;
  private final TierOptions options;
  private final Clock clock;
  private final Life life;
  private final long interval;

  private final boolean shortens;

  private final NodeTable<K, V> table;

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
    this.shortens = shortens(life);
    this.interval = shortens ? 0 : interval(life, options, authority.accessInterval());
    this.store =
        new MemoryStore<>(
            described(spec, options), policy, StoreEvents.none(), context, CopyNode::new);
    this.table = store.table();
  }

  /** Whether a read may leave an entry less time than it had. */
  static boolean shortens(Life life) {
    return life.sliding() && life.onAccess() < Math.max(life.onCreate(), life.onUpdate());
  }

  private static long interval(Life life, TierOptions options, long wanted) {
    var interval = Math.min(wanted, options.timeToIdle() / SHARE);
    return life.sliding() ? Math.min(interval, life.onAccess() / SHARE) : interval;
  }

  private static <K, V> CacheSpec<K, V> described(CacheSpec<K, V> spec, TierOptions options) {
    return new CacheSpec<>(
        spec.name(),
        spec.keyType(),
        spec.valueType(),
        options.bounds(),
        ExpiryRule.of(Life.ETERNAL),
        Hooks.none(),
        Placement.MEMORY,
        spec.tuning(),
        spec.chosen());
  }

  /** Every change that was in force at this moment has been told; nothing where all are own. */
  void confirmed(long ticks) {}

  /** This moment, for {@link #recent}; costs nothing where that does not ask. */
  long instant() {
    return 0;
  }

  /**
   * Whether what the authority showed since that {@link #instant} is recent enough for a read that
   * begins now.
   */
  boolean recent(long instant) {
    return true;
  }

  /** Whether users may see copies at present. */
  boolean shown() {
    return true;
  }

  /** Whether there may be a copy of any entry. */
  boolean keeps() {
    return true;
  }

  /** What is wrong, in words; empty when nothing is. */
  String problem() {
    return "";
  }

  /** The value of a live copy, read by the user, or null. No lock, no allocation. */
  @Nullable V value(K key) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
    if (node == null) {
      return null;
    }
    var now = clock.now();
    if (node.due(now) && !renewed(key, (CopyNode<K, V>) node, now, true)) {
      return null;
    }
    var value = node.value();
    if (value != null) {
      store.read(node);
    }
    return value;
  }

  /** The live copy, with the deadline of its entry, or null. */
  @Nullable Stored<V> get(K key, Touch touch) {
    var read = touch != Touch.PEEK;
    var node = (CopyNode<K, V>) table.get(key, NodeTable.spread(key.hashCode()));
    var now = clock.now();
    if (node == null || (node.due(now) && !renewed(key, node, now, read))) {
      return null;
    }
    if (read) {
      store.read(node);
    }
    synchronized (node) {
      var value = node.value();
      return value == null
          ? null
          : new Stored.Snapshot<>(
              value, node.origin().deadline(), node.origin().version(), node.meta());
    }
  }

  /**
   * A read looks closer: tells the authority of it, and says when to look again.
   *
   * @return false when the time of the copy has run out, or nobody may see it at present
   */
  private boolean renewed(K key, CopyNode<K, V> node, long now, boolean read) {
    if (node.end() <= now) {
      store.expire(node, now);
      return false;
    }
    if (read) {
      if (!shown()) {
        // Whoever reads goes to the authority, which must not hear of one access twice.
        return false;
      }
      authority.accessed(key, now);
      // Under the monitor, so that a copy written meanwhile does not get the end of this one.
      synchronized (node) {
        var of = node.origin();
        var limit =
            shortens ? Math.min(of.limit(), Life.deadline(now, life.onAccess())) : of.limit();
        var end = end(limit, now);
        node.origin(new Origin(of.version(), of.deadline(), limit, end, of.bytes()));
        node.deadline(next(end, now), false);
      }
      store.expires(node);
    }
    return true;
  }

  private long end(long limit, long now) {
    return Math.min(limit, Life.deadline(now, options.timeToIdle()));
  }

  private long next(long end, long now) {
    return Math.min(end, Life.deadline(now, interval));
  }

  /**
   * Keeps a copy of an entry, unless there is one of a later version.
   *
   * @param since when the look at the entry began, by the coarse clock
   * @param stillRight asked under the lock of the copy; only if it says so a copy is kept
   * @return false when it was not right any more, the entry is not to be copied, or there is a copy
   *     of a later version that must not {@linkplain #laterStays stay}
   */
  final boolean put(K key, V value, Stored<V> entry, long since, BooleanSupplier stillRight) {
    var size = size(key, value);
    if (size > options.largest() || !keeps()) {
      return false;
    }
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
          return laterStays();
        }
        write(node, value, entry, since, size);
      }
      store.reconcile(node, rewritten);
      return true;
    }
  }

  /** Whether a copy of a later version is right in any case: versions never begin anew. */
  boolean laterStays() {
    return true;
  }

  /** Under the monitor of the node. */
  private void write(CopyNode<K, V> node, V value, Stored<V> entry, long since, int size) {
    var now = clock.now();
    var limit = Math.min(entry.deadline(), Life.deadline(since, options.timeToLive()));
    var end = end(limit, now);
    node.origin(new Origin(entry.version(), entry.deadline(), limit, end, size));
    node.value(value);
    node.deadline(next(end, now), false);
    store.expires(node);
  }

  /** More than an int can say is larger than anything that is allowed. */
  private static int size(Object key, Object value) {
    var size = Footprint.estimate(key) + Footprint.estimate(value) + Sizer.ENTRY_OVERHEAD;
    return (int) Math.min(Integer.MAX_VALUE, size);
  }

  /** Drops the copy, if there is one. */
  void forget(K key) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
    if (node != null) {
      store.drop(node);
    }
  }

  /** Drops the copy unless it is of this version. */
  void forgetUnless(K key, long version) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
    if (node != null && node.version() != version) {
      store.drop(node);
    }
  }

  /** Drops the copy if it is older than this version. */
  void forgetBefore(K key, long version) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
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

  /** The state of its parts by name. */
  Map<String, String> details() {
    return Map.of();
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
    for (var node : store.coldestNodes()) {
      var key = node.key;
      if (key != null && node.value() != null && node.end() > clock.now()) {
        keys.add(key);
      }
    }
    Collections.reverse(keys);
    return keys;
  }
}
