package dev.larder.engine;

import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.spi.Change;
import dev.larder.spi.Meta;
import dev.larder.spi.Remainder;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a node while this thread has its monitor. An expired value leaves, as such, when the
 * slot is made.
 */
final class MemorySlot<K, V> implements Slot<V> {
  private final MemoryStore<K, V> store;
  private final Node<K, V> node;
  private final K key;
  private final long now;
  private final boolean live;
  private Sizer.@Nullable Size size;
  private @Nullable Change<V> change;
  private final boolean held;
  private boolean rewritten;
  private boolean resized;
  private boolean hot;
  private long version;

  MemorySlot(MemoryStore<K, V> store, Node<K, V> node, K key, long now) {
    this(store, node, key, now, now);
  }

  /**
   * A slot whose user code began earlier.
   *
   * @param began when it looked at the entry, which decides whether that was alive
   * @param now from when the new life counts
   */
  MemorySlot(MemoryStore<K, V> store, Node<K, V> node, K key, long began, long now) {
    assert Thread.holdsLock(node);
    this.store = store;
    this.node = node;
    this.key = key;
    this.now = now;
    this.live = node.alive(began);
    this.held = node.value() != null;
    if (!live && held) {
      leave(RemovalCause.EXPIRED);
      change = null;
    }
  }

  /** What the value to be written costs, found out before the monitor was taken. */
  void size(Sizer.@Nullable Size known) {
    size = known;
  }

  @Override
  public @Nullable Stored<V> current() {
    return live ? node : null;
  }

  /**
   * Exact also while nothing in the cache expires yet, when the time of the slot is the coarse one:
   * what is asked for here becomes a deadline.
   */
  @Override
  public long now() {
    return store.timed() ? now : store.exactly();
  }

  @Override
  public boolean write(V value) {
    var math = store.math();
    var deadline =
        live && !node.ownLife()
            ? math.onUpdate(node.deadline(), node.hash(), now)
            : math.onCreate(node.hash(), now);
    var limit = math.limit(now);
    return write(value, Math.min(deadline, limit), limit, Meta.NONE, false);
  }

  @Override
  public boolean write(V value, long deadline, Meta meta) {
    return write(value, deadline, store.math().limit(now), meta, true);
  }

  @Override
  public boolean write(V value, Remainder left) {
    var math = store.math();
    var instant = now();
    var limit = Math.min(math.limit(instant), Life.deadline(instant, left.limit()));
    var life = left.own() ? left.life() : Math.min(left.life(), math.longest());
    var deadline = Math.min(Life.deadline(instant, life), left.own() ? Life.FOREVER : limit);
    var stored = write(value, deadline, limit, Meta.NONE, left.own());
    hot = stored && left.hot();
    return stored;
  }

  private boolean write(V value, long deadline, long limit, Meta meta, boolean ownLife) {
    if (deadline <= now) {
      if (live) {
        leave(RemovalCause.EXPIRED);
      }
      store.tokens().outdate(key);
      return false;
    }
    var sizer = store.sizer();
    if (size == null && sizer != null && !sizer.foreign()) {
      size = sizer.size(key, value);
    }
    var before = live ? node.value() : null;
    version = store.nextVersion();
    resized = size != null && (size.bytes() != node.bytes() || size.weight() != node.weight());
    node.describe(
        meta,
        size == null ? meta.weight() : size.weight(),
        size == null ? 0 : size.bytes(),
        limit,
        version);
    node.value(value);
    node.deadline(deadline, ownLife);
    store.expires(node);
    // After the change: a load that announces itself before sees the value, one after finds its
    // token gone.
    store.tokens().outdate(key);
    rewritten = live;
    if (live) {
      node.reference();
    }
    report(before, value, version, live ? RemovalCause.REPLACED : null);
    return true;
  }

  @Override
  public void touch() {
    if (node.ownLife()) {
      node.reference();
      return;
    }
    touch(store.math().onAccess(node.deadline(), node.limit(), now));
  }

  @Override
  public void touch(long deadline) {
    if (!live) {
      return;
    }
    if (deadline <= now) {
      leave(RemovalCause.EXPIRED);
    } else {
      node.deadline(deadline, node.ownLife());
      node.reference();
      store.expires(node);
    }
  }

  @Override
  public void remove(RemovalCause cause) {
    if (live) {
      leave(cause);
    }
    store.tokens().outdate(key);
  }

  @Override
  public boolean redeem(long fillToken) {
    return store.tokens().redeem(key, fillToken);
  }

  private void leave(RemovalCause cause) {
    var before = node.value();
    if (before != null) {
      change = store.leave(node, key, before, cause);
    }
  }

  private void report(
      @Nullable V before, @Nullable V after, long version, @Nullable RemovalCause cause) {
    change = store.report(key, before, after, version, cause);
  }

  /**
   * The version that a write gave the entry, or where account is kept of changes that of any
   * change; 0 where none was made, or none is kept.
   */
  long version() {
    return version == 0 && change != null ? change.version() : version;
  }

  /** The change made, if the store keeps account of changes. */
  @Nullable Change<V> change() {
    return change;
  }

  /** Whether the value of a live entry was replaced. */
  boolean rewritten() {
    return rewritten;
  }

  /** Whether what was written is to count as read, once the policy has heard of it. */
  boolean hot() {
    return hot;
  }

  /** Whether the policy has to hear of it: the entry came, went, was rewritten or resized. */
  boolean concernsPolicy() {
    var holds = node.value() != null;
    return held != holds || (rewritten && (resized || store.recordsUpdates()));
  }
}
