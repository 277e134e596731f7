package dev.larder.engine;

import dev.larder.CacheEvent;
import dev.larder.Checks;
import dev.larder.Entry;
import dev.larder.FailurePolicy;
import dev.larder.MissCause;
import dev.larder.StoreException;
import dev.larder.spi.Look;
import dev.larder.spi.Meta;
import dev.larder.spi.Store;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How a front reads: looks at the store, forgives it where the failure policy says so, counts,
 * tells, and asks the expiry rule of the user.
 */
final class FrontReads<K, V> {
  private final CacheFront<K, V> front;
  private final Store<K, V> store;
  private final Counters counters;
  private final Dispatch<K, V> dispatch;
  private final @Nullable CustomExpiry<K, V> expiry;
  private final boolean forgiving;

  /** One look instead of five at what a read has to do. */
  private volatile Manner manner = Manner.WATCHED;

  private enum Manner {
    /** The cache is open, and nobody counts, listens or decides. */
    PLAIN,
    /** The same, but hits and misses are counted. */
    COUNTED,
    /** Anything else. */
    WATCHED
  }

  FrontReads(CacheFront<K, V> front, @Nullable CustomExpiry<K, V> expiry) {
    this.front = front;
    this.store = front.store();
    this.counters = front.counters();
    this.dispatch = front.dispatch();
    this.expiry = expiry;
    this.forgiving = store.waits() && front.spec().placement().onFailure() != FailurePolicy.FAIL;
    refresh();
  }

  /** A read by the user, without loading. */
  @Nullable V lookup(K key) {
    Checks.notNull(key, "key");
    var how = manner;
    if (how == Manner.WATCHED) {
      return watchedLookup(key);
    }
    var value = store.value(key);
    if (value == null) {
      return store.waits() ? watchedLookup(key) : missed(key);
    }
    if (how == Manner.COUNTED) {
      counters.hit();
    }
    return value;
  }

  private @Nullable V missed(K key) {
    missed(key, null);
    return null;
  }

  /** A read by the user of what is at hand; null, with nothing counted, says nothing. */
  @Nullable V atHand(K key) {
    if (manner == Manner.WATCHED) {
      return null;
    }
    var value = store.value(key);
    if (value != null) {
      counters.hit();
    }
    return value;
  }

  /** With all that a read may have to do beside reading. */
  private @Nullable V watchedLookup(K key) {
    front.checkOpen();
    Look<V> look = store instanceof WaitingStore<K, V> waiting ? findAndWait(waiting, key) : null;
    var entry = look == null ? store.get(key, Touch.READ) : look.entry();
    var value = seen(key, entry, look == null ? null : look.missing());
    if (expiry != null && entry != null && value != null) {
      accessed(key, entry, value, expiry);
    }
    return value;
  }

  /**
   * Looks again whether reads have more to do than to read; called after any of that changed. One
   * at a time, so that the last one sees it all.
   */
  final synchronized void refresh() {
    var watched = front.closed() || dispatch.wantsReads() || expiry != null;
    manner = watched ? Manner.WATCHED : counters.on() ? Manner.COUNTED : Manner.PLAIN;
  }

  void found(K key, V value) {
    counters.hit();
    if (dispatch.wantsReads()) {
      dispatch.tell(CacheEvent.Type.HIT, key, value);
    }
  }

  /**
   * Counts and tells that a read found nothing. The cause comes with the look; only a local store
   * is asked for it afterwards, since any other would have to be waited for.
   */
  void missed(K key, @Nullable MissCause cause) {
    if (counters.on()) {
      counters.miss();
      counters.missed(cause != null ? cause : unsaid(key));
    }
    if (dispatch.wantsReads()) {
      dispatch.tell(CacheEvent.Type.MISS, key, null);
    }
    // A read that comes upon an expired entry removes it, which listeners are told of.
    dispatch.settle();
  }

  private MissCause unsaid(K key) {
    return store.waits() ? MissCause.UNKNOWN : store.explain(key);
  }

  /** Asks a rule of the user what a read does to the deadline. */
  void accessed(K key, Stored<V> entry, V value, CustomExpiry<K, V> rule) {
    var before = entry.deadline();
    var after = rule.onAccess(key, value, before, front.context().clock().exact());
    if (after == before) {
      return;
    }
    if (store.waits()) {
      front.change(
          key, Verbs.at(), new Verbs.At<>(entry.version(), Verbs.At.Action.TOUCH, null, after));
    } else {
      front.change(key, TouchIfSame.verb(), new TouchIfSame<>(value, after));
    }
  }

  /**
   * Announces a load to the store; one that fails is done without where the failure policy says so.
   */
  Look<V> announce(K key, Touch touch) {
    try {
      return store instanceof WaitingStore<K, V> waiting
          ? waiting.findAndWait(key, touch)
          : WaitingStore.join(store.find(key, touch));
    } catch (StoreException e) {
      forgive(e);
      return Look.miss(0, MissCause.UNKNOWN);
    }
  }

  /**
   * As {@link #announce} for several keys; does not wait for loads of other processes. Null when
   * the store fails and is done without.
   */
  @Nullable Map<K, Look<V>> announceAll(Collection<? extends K> keys) {
    try {
      return WaitingStore.join(store.announceAll(keys));
    } catch (StoreException e) {
      forgive(e);
      return null;
    }
  }

  /** As {@link #announce} to fill, without a thread while another process loads. */
  CompletionStage<Look<V>> follow(K key) {
    var look = store.find(key, Touch.FILL);
    return forgiving ? look.exceptionally(this::forgiven) : look;
  }

  void forgive(StoreException failure) {
    if (!forgiving) {
      throw failure;
    }
    front.storeFailed(failure);
  }

  /**
   * Finds an entry for the user, without waiting; a failing store is forgiven where the failure
   * policy says so.
   */
  CompletionStage<Look<V>> find(K key) {
    var look = store.find(key, Touch.READ);
    return forgiving ? look.exceptionally(this::forgiven) : look;
  }

  private Look<V> findAndWait(WaitingStore<K, V> waiting, K key) {
    try {
      return waiting.findAndWait(key, Touch.READ);
    } catch (StoreException e) {
      forgive(e);
      return Look.miss(0, MissCause.UNKNOWN);
    }
  }

  private Look<V> forgiven(Throwable failure) {
    forgive(storeFailure(failure));
    return Look.miss(0, MissCause.UNKNOWN);
  }

  /** As {@link #find} for several keys. */
  CompletionStage<Map<K, Stored<V>>> findAll(Collection<? extends K> keys, Touch touch) {
    var found = store.findAll(keys, touch);
    return forgiving
        ? found.exceptionally(
            failure -> {
              forgive(storeFailure(failure));
              return Map.of();
            })
        : found;
  }

  private static StoreException storeFailure(Throwable failure) {
    var cause = WaitingStore.failure(failure);
    if (cause instanceof StoreException known) {
      return known;
    }
    throw cause;
  }

  /** Counts and tells what a read by the user found, and gives its value. */
  @Nullable V seen(K key, @Nullable Stored<V> entry, @Nullable MissCause missing) {
    var value = entry == null ? null : entry.value();
    if (entry == null || value == null) {
      missed(key, missing);
      return null;
    }
    found(key, value);
    return value;
  }

  /** Whether there is a live entry; no access, not counted. */
  boolean contains(K key) {
    try {
      return store.get(key, Touch.PEEK) != null;
    } catch (StoreException e) {
      forgive(e);
      return false;
    } finally {
      // Coming upon an expired entry removes it, which listeners are told of.
      dispatch.settle();
    }
  }

  /** An iteration came upon an entry: a hit, and an access. */
  void visited(Entry<K, V> entry) {
    found(entry.key(), entry.value());
    if (expiry != null) {
      var stored =
          new Stored.Snapshot<>(entry.value(), entry.deadline(), entry.version(), Meta.NONE);
      accessed(entry.key(), stored, entry.value(), expiry);
    } else if (!store.waits() || front.spec().expiry().life().sliding()) {
      store.get(entry.key(), Touch.READ);
      dispatch.settle();
    }
  }
}
