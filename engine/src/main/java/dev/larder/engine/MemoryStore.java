package dev.larder.engine;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.Entry;
import dev.larder.Life;
import dev.larder.MissCause;
import dev.larder.RemovalCause;
import dev.larder.spi.Change;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.ExpiryMath;
import dev.larder.spi.FillTokens;
import dev.larder.spi.FlightEvents;
import dev.larder.spi.Kept;
import dev.larder.spi.Lease;
import dev.larder.spi.LocalStore;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Serials;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Update;
import dev.larder.spi.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries as objects in this process. A read is a walk in the {@link NodeTable}, a compare with the
 * coarse clock where anything can expire, and a bit. An update takes the monitor of its node for a
 * few instructions; one that carries user code holds a grant on the node meanwhile instead.
 *
 * <p>Locks, outermost first: the policy lock ({@link Residency}), the monitor of one node, one
 * stripe of the table. No user code runs under any of them but {@code hashCode}, {@code equals} and
 * {@code compareTo} of keys.
 *
 * <p>Longer than the house likes because every step of a read, an update and a grant is here, next
 * to the locks it takes; lists, weights, tokens and slots have classes of their own.
 */
final class MemoryStore<K, V> extends LocalStore<K, V> {
  private final CacheSpec<K, V> spec;
  private final Context context;
  private final Clock clock;
  private final ExpiryMath math;
  private final boolean sliding;
  private final @Nullable Sizer<K, V> sizer;
  private final boolean versions;
  private final StoreEvents<K, V> events;
  private final NodeTable<K, V> table;
  private final FillTokens<K> tokens = new FillTokens<>();
  private final Grants<K> grants;
  private final Deadlines<K, V> deadlines;
  private final Departures departures = new Departures();
  private final Residency<K, V> residency;
  private final boolean recordsUpdates;

  /** Whether writing to a present entry is no more than {@link #overwrite}. */
  private final boolean plain;

  /** Whether a write gives an entry a new deadline. */
  private final boolean renews;

  private final AtomicLong sequence = Serials.anywhere();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder expirations = new LongAdder();

  /**
   * False until the first deadline is set in a cache without expiry; it does not look at the clock
   * till then.
   */
  private volatile boolean mayExpire;

  MemoryStore(
      CacheSpec<K, V> spec,
      EvictionPolicy.Provider policy,
      StoreEvents<K, V> events,
      Context context) {
    this(spec, policy, events, context, null);
  }

  /**
   * A store whose nodes are made by another.
   *
   * @param maker makes nodes, or null for those that the description needs
   */
  MemoryStore(
      CacheSpec<K, V> spec,
      EvictionPolicy.Provider policy,
      StoreEvents<K, V> events,
      Context context,
      NodeTable.@Nullable Maker<K, V> maker) {
    this.spec = spec;
    this.events = events;
    this.context = context;
    this.clock = spec.tuning().exactClock() ? new ExactClock(context.clock()) : context.clock();
    this.math = new ExpiryMath(spec.expiry().life(), spec.expiry().jitter());
    this.sliding = math.life().sliding();
    this.mayExpire = !math.life().eternal();
    this.sizer = Sizer.of(spec);
    this.versions = spec.tuning().versions();
    this.grants = new Grants<>(spec.name());
    var rich = sizer != null || versions || math.life().limit() != Life.FOREVER;
    this.table = new NodeTable<>(maker != null ? maker : rich ? RichNode::new : Node::new);
    this.deadlines = new Deadlines<>(this, table, clock);
    this.residency = new Residency<>(this, policy, spec.bounds());
    this.recordsUpdates = residency.recordsUpdates();
    var life = math.life();
    this.renews = life.onUpdate() != Life.UNCHANGED;
    this.plain = !rich && maker == null && !recordsUpdates && life.onUpdate() != 0;
  }

  ExpiryMath math() {
    return math;
  }

  NodeTable<K, V> table() {
    return table;
  }

  FillTokens<K> tokens() {
    return tokens;
  }

  Grants<K> grants() {
    return grants;
  }

  @Nullable Sizer<K, V> sizer() {
    return sizer;
  }

  @Override
  protected Executor executor() {
    return context.executor();
  }

  @Override
  public @Nullable Stored<V> get(K key, Touch touch) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
    if (node == null || (mayExpire && !fresh(node, touch)) || node.value() == null) {
      return null;
    }
    if (touch != Touch.PEEK) {
      read(node);
    }
    return node;
  }

  @Override
  public @Nullable V value(K key) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
    if (node == null || (mayExpire && !fresh(node, Touch.READ))) {
      return null;
    }
    var value = node.value();
    if (value != null) {
      read(node);
    }
    return value;
  }

  /** Counts as read for the policy. */
  void read(Node<K, V> node) {
    if (node.reference()) {
      residency.accessed(node);
    }
  }

  private boolean fresh(Node<K, V> node, Touch touch) {
    var now = clock.now();
    if (node.due(now)) {
      expire(node, now);
      return false;
    }
    if (sliding && touch != Touch.PEEK) {
      slide(node, now);
    }
    return true;
  }

  /** A new deadline within the clock's resolution of the old one is not worth a write. */
  private void slide(Node<K, V> node, long now) {
    var deadline = node.deadline();
    var moved = math.onAccess(deadline, node.limit(), now);
    if (moved - deadline > clock.resolutionMillis() || moved < deadline) {
      node.slide(deadline, moved);
      if (moved < deadline) {
        expires(node);
      }
    }
  }

  /** Takes out a value whose time has run out, and tells the policy. */
  boolean expire(Node<K, V> node, long now) {
    var gone = expired(node, now);
    if (gone) {
      residency.reconcile(node, false);
    }
    return gone;
  }

  /** Takes out a value whose time has run out; the policy must be told after. */
  boolean expired(Node<K, V> node, long now) {
    var key = node.key;
    synchronized (node) {
      var value = node.value();
      if (key == null || value == null || node.dead() || node.granted() || node.end() > now) {
        return false;
      }
      leave(node, key, value, RemovalCause.EXPIRED);
      bury(node);
      return true;
    }
  }

  @Override
  protected Look<V> look(K key, Touch touch) {
    if (touch == Touch.READ || touch == Touch.PEEK) {
      var entry = get(key, touch);
      return entry == null ? Look.miss(0, explain(key)) : Look.hit(entry);
    }
    var token = tokens.register(key);
    var entry = get(key, Touch.READ);
    if (entry == null) {
      return Look.miss(token, MissCause.UNKNOWN);
    }
    if (touch == Touch.REFRESH) {
      return new Look<>(entry, token, null);
    }
    tokens.redeem(key, token);
    return Look.hit(entry);
  }

  @Override
  public <A, R extends @Nullable Object> R update(K key, Update<A, V, R> update, A argument) {
    if (plain && update.overwrites() && !events.wanted()) {
      var before = overwrite(key, argument);
      if (before != null) {
        return update.overwritten(before);
      }
    }
    return inPlace(update)
        ? updateInPlace(key, update, argument, null)
        : updateGranted(key, update, argument);
  }

  /** Whether no code of a user runs in it. */
  private boolean inPlace(Update<?, V, ?> update) {
    return update.wireName() != null && (sizer == null || !sizer.foreign());
  }

  /** A verb of ours, which needs no executor, tells the version that it wrote. */
  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      K key, Update<A, V, R> update, A argument) {
    if (!inPlace(update)) {
      return super.updateLater(key, update, argument);
    }
    var wrote = new long[1];
    R result = updateInPlace(key, update, argument, wrote);
    return CompletableFuture.completedFuture(Result.of(result, wrote[0]));
  }

  /**
   * Puts a value in the place of a live one and gives that; null, with nothing done, when it takes
   * more than that. Allocates nothing and leaves the policy alone.
   *
   * @param argument the value, since the verb {@link Update#overwrites}
   */
  private <A> @Nullable V overwrite(K key, A argument) {
    var node = table.get(key, NodeTable.spread(key.hashCode()));
    if (node == null) {
      return null;
    }
    var now = now();
    V before;
    synchronized (node) {
      before = node.value();
      if (before == null || node.occupied() || node.due(now)) {
        return null;
      }
      @SuppressWarnings("unchecked") // the argument of such a verb is the value
      var value = (V) argument;
      node.value(value);
      if (renews) {
        renew(node, now);
      }
      // Before the monitor is let go: a load that redeems its token after this write must not find
      // it.
      tokens.outdate(key);
    }
    read(node);
    return before;
  }

  /** Under the monitor of the node. */
  private void renew(Node<K, V> node, long now) {
    node.deadline(math.onUpdate(node.deadline(), node.hash(), now), false);
    expires(node);
  }

  /**
   * Runs a verb under the monitor of its node.
   *
   * @param wrote gets the version written, where the caller asks
   */
  private <A, R extends @Nullable Object> R updateInPlace(
      K key, Update<A, V, R> update, A argument, long @Nullable [] wrote) {
    var hash = NodeTable.spread(key.hashCode());
    while (true) {
      var node = table.getOrInsert(key, hash);
      R result;
      boolean concernsPolicy;
      boolean rewritten;
      boolean hot;
      synchronized (node) {
        if (!free(node, key)) {
          continue;
        }
        var slot = new MemorySlot<>(this, node, key, now());
        try {
          result = update.apply(argument, slot);
        } finally {
          bury(node);
        }
        concernsPolicy = slot.concernsPolicy();
        rewritten = slot.rewritten();
        hot = slot.hot();
        if (wrote != null) {
          wrote[0] = slot.version();
        }
      }
      if (concernsPolicy) {
        residency.reconcile(node, rewritten);
      }
      if (hot) {
        read(node);
      }
      return result;
    }
  }

  private <A, R extends @Nullable Object> R updateGranted(
      K key, Update<A, V, R> update, A argument) {
    var lease = grant(key);
    try {
      var result = update.apply(argument, lease.slot());
      lease.apply();
      return result;
    } finally {
      lease.release();
    }
  }

  /**
   * Waits until no user code has the node; false when the node died and the key has another. Under
   * its monitor.
   */
  private boolean free(Node<K, V> node, K key) {
    while (node.granted()) {
      grants.beforeWait(key);
      try {
        node.wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new dev.larder.StoreException(
            "cache '"
                + spec.name()
                + "': interrupted while another update of the key was running; nothing was changed",
            e);
      } finally {
        grants.afterWait();
      }
    }
    if (node.dead()) {
      // Nearly always out of the table already; not if whoever took it out failed half way.
      table.remove(node);
      return false;
    }
    return true;
  }

  private LocalLease<K, V> grant(K key) {
    var hash = NodeTable.spread(key.hashCode());
    while (true) {
      var node = table.getOrInsert(key, hash);
      synchronized (node) {
        if (free(node, key)) {
          return granted(node, key);
        }
      }
    }
  }

  /** Under the monitor of the node. */
  private LocalLease<K, V> granted(Node<K, V> node, K key) {
    var seen = new MemorySlot<>(this, node, key, now());
    var lease = new LocalLease<>(this, node, key, seen, sequence.incrementAndGet());
    grants.held(key);
    node.granted(true);
    return lease;
  }

  /** The time of an update; not read exactly while nothing can expire. */
  private long now() {
    return timed() ? clock.exact() : clock.now();
  }

  /** Whether anything in this cache expires, so that the slots of updates carry the exact time. */
  boolean timed() {
    return mayExpire;
  }

  long exactly() {
    return clock.exact();
  }

  /** Whether the policy wants to hear of writes to present entries. */
  boolean recordsUpdates() {
    return recordsUpdates;
  }

  /** Takes the node out of the table if it holds nothing and nobody has it. Under its monitor. */
  void bury(Node<K, V> node) {
    if (node.value() == null && !node.granted() && !node.dead()) {
      node.die();
      table.remove(node);
    }
  }

  void reconcile(Node<K, V> node, boolean rewritten) {
    residency.reconcile(node, rewritten);
  }

  /** Evicts the entry of a node; false when user code has it. Under the policy lock. */
  boolean evict(Node<K, V> node) {
    var key = node.key;
    synchronized (node) {
      if (node.granted() || key == null) {
        return false;
      }
      var value = node.value();
      if (value != null) {
        var cause = node.due(clock.now()) ? RemovalCause.EXPIRED : RemovalCause.EVICTED;
        leave(node, key, value, cause);
      }
      bury(node);
      return true;
    }
  }

  /** Takes the value of a node away and reports it. Under its monitor. */
  @Nullable Change<V> leave(Node<K, V> node, K key, V value, RemovalCause cause) {
    node.value(null);
    if (cause == RemovalCause.EXPIRED) {
      expirations.increment();
      departures.note(node.hash(), MissCause.EXPIRED);
      FlightEvents.left(spec.name(), "memory", cause);
    } else if (cause == RemovalCause.EVICTED) {
      evictions.increment();
      departures.note(node.hash(), MissCause.EVICTED);
      FlightEvents.left(spec.name(), "memory", cause);
    }
    return report(key, value, null, nextVersion(), cause);
  }

  /** The node got a deadline, which may be earlier than the one before. */
  void expires(Node<K, V> node) {
    if (node.end() != Life.FOREVER) {
      if (!mayExpire) {
        mayExpire = true;
      }
      deadlines.note(node);
    }
  }

  long nextVersion() {
    return versions || events.wanted() ? sequence.incrementAndGet() : 0;
  }

  /**
   * Reports a change where anybody listens. Under the monitor of the node, so that the order is
   * right.
   */
  @Nullable Change<V> report(
      K key, @Nullable V before, @Nullable V after, long version, @Nullable RemovalCause cause) {
    if (!events.wanted()) {
      return null;
    }
    var change = new Change<>(before, after, version, cause);
    events.changed(key, change, version);
    return change;
  }

  @Override
  public CompletionStage<Page<K, V>> scan(Cursor from, int limit) {
    var now = clock.now();
    var entries = new ArrayList<Entry<K, V>>();
    var next = walk(from.position(), limit, node -> addLive(node, now, entries));
    return CompletableFuture.completedFuture(
        new Page<>(entries, next == 0 ? null : new Cursor(next)));
  }

  /** The nodes of the entries, in the order in which they would leave. */
  List<Node<K, V>> coldestNodes() {
    return residency.coldestFirst();
  }

  @Override
  public Iterator<Kept<K, V>> coldestFirst() {
    return new KeptNodes<>(residency.coldestFirst(), clock);
  }

  private static <K, V> void addLive(Node<K, V> node, long now, List<Entry<K, V>> entries) {
    var deadline = node.deadline();
    var value = node.value();
    var key = node.key;
    if (key != null && value != null && deadline > now) {
      entries.add(new Entry<>(key, value, deadline, node.version()));
    }
  }

  private long walk(long from, int limit, Consumer<Node<K, V>> visitor) {
    var nodes = new ArrayList<Node<K, V>>();
    var position = from;
    do {
      position = table.scan(position, nodes);
    } while (position != 0 && nodes.size() < limit);
    nodes.forEach(visitor);
    return position;
  }

  @Override
  public CompletionStage<Lease<V>> lease(K key, Duration atMost) {
    return CompletableFuture.completedFuture(grant(key));
  }

  @Override
  public CompletionStage<Void> invalidate(Selection what) {
    if (!(what instanceof Selection.All)) {
      throw new UnsupportedOperationException(
          "a memory store invalidates all entries; tags come with a later version");
    }
    tokens.outdateAll();
    long position = 0;
    do {
      position = walk(position, 1, this::drop);
    } while (position != 0);
    return CompletableFuture.completedFuture(null);
  }

  /** Takes the value of a node away without an event, whoever has it. */
  void drop(Node<K, V> node) {
    synchronized (node) {
      node.value(null);
      bury(node);
    }
    residency.reconcile(node, false);
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    return CompletableFuture.completedFuture(done(what));
  }

  private long done(Upkeep what) {
    if (what instanceof Upkeep.Evict evict) {
      return residency.evict(evict.entries());
    }
    return what instanceof Upkeep.Resize resize
        ? residency.resize(checked(resize.bounds()))
        : purge();
  }

  private Bounds checked(Bounds bounds) {
    if (bounds.weight() != Bounds.NONE && spec.bounds().weight() == Bounds.NONE) {
      throw new IllegalArgumentException(
          "cache '"
              + spec.name()
              + "' was created without a weigher and can have no bound by weight");
    }
    if (bounds.bytes() != Bounds.NONE && spec.bounds().bytes() == Bounds.NONE) {
      throw new IllegalArgumentException(
          "cache '" + spec.name() + "' was created without maximumBytes and cannot get one now");
    }
    return bounds;
  }

  private long purge() {
    return mayExpire ? deadlines.purge() : 0;
  }

  /**
   * Takes out some of what has expired, so that it makes room before anything is evicted. Under the
   * policy lock.
   */
  List<Node<K, V>> sweep() {
    return mayExpire ? deadlines.sweep() : List.of();
  }

  @Override
  public MissCause explain(K key) {
    return departures.why(NodeTable.spread(key.hashCode()));
  }

  @Override
  public StoreInfo info() {
    return new StoreInfo(
        residency.bounds(),
        residency.size(),
        residency.weight(),
        residency.bytes(),
        residency.peak(),
        evictions.sum(),
        expirations.sum(),
        List.of(),
        Map.of("store", "memory"));
  }

  @Override
  public void close() {
    invalidate(Selection.ALL);
  }
}
