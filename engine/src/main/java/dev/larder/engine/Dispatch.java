package dev.larder.engine;

import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.HookException;
import dev.larder.RemovalCause;
import dev.larder.engine.KeyQueue.Pending;
import dev.larder.spi.Change;
import dev.larder.spi.StoreEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners, in the order of the changes of each key, with no lock held.
 *
 * <p>A local store reports a change while it holds the key; it is only noted then, in the queue of
 * its key, and told when the operation that made it {@linkplain #settle settles}. A store that
 * waits reports on a thread of its own, and the executor tells; a caller whose operation made the
 * change waits for its event by its version ({@link Expectation}).
 */
final class Dispatch<K, V> implements StoreEvents<K, V> {
  private final String cache;
  private final Executor executor;
  private final boolean local;
  private final Counters counters;
  private final CopyOnWriteArrayList<Receiver<K, V>> receivers = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<K, KeyQueue<K, V>> queues = new ConcurrentHashMap<>();
  private final Expectations<K> expectations = new Expectations<>();
  private final ThreadLocal<List<Pending<K, V>>> mine = ThreadLocal.withInitial(ArrayList::new);
  private final ThreadLocal<Boolean> telling = ThreadLocal.withInitial(() -> false);
  private volatile boolean wantsChanges;
  private volatile boolean wantsChangesAtOnce;
  private volatile boolean wantsReads;
  private volatile boolean wantsLoads;

  Dispatch(String cache, Executor executor, boolean local, Counters counters) {
    this.cache = cache;
    this.executor = executor;
    this.local = local;
    this.counters = counters;
  }

  void add(CacheListener.Registration<? super K, ? super V> registration, boolean propagates) {
    receivers.add(new Receiver<>(cache, counters, registration, propagates, executor));
    refresh();
  }

  void remove(CacheListener<?, ?> listener) {
    receivers.removeIf(receiver -> receiver.is(listener));
    refresh();
  }

  void clear() {
    receivers.clear();
    refresh();
    expectations.releaseAll();
  }

  private void refresh() {
    wantsReads = any(CacheEvent.Type.HIT) || any(CacheEvent.Type.MISS);
    wantsLoads = any(CacheEvent.Type.LOADED);
    wantsChanges = receivers.stream().anyMatch(Dispatch::changes);
    wantsChangesAtOnce =
        receivers.stream().anyMatch(receiver -> receiver.synchronous() && changes(receiver));
  }

  private boolean any(CacheEvent.Type type) {
    return receivers.stream().anyMatch(receiver -> receiver.wants(type));
  }

  private static boolean changes(Receiver<?, ?> receiver) {
    return receiver.wants(CacheEvent.Type.CREATED)
        || receiver.wants(CacheEvent.Type.UPDATED)
        || receiver.wants(CacheEvent.Type.REMOVED);
  }

  @Override
  public boolean wanted() {
    return wantsChanges;
  }

  /**
   * Whether an operation on a store that waits has to wait for its event; a listener's own
   * operations do not.
   */
  boolean callersWait() {
    return !local && wantsChangesAtOnce && !telling.get();
  }

  boolean wantsReads() {
    return wantsReads;
  }

  boolean wantsLoads() {
    return wantsLoads;
  }

  @Override
  public void changed(K key, Change<V> change, long sequence) {
    var event = event(key, change);
    if (event == null || !wantsChanges) {
      return;
    }
    for (var receiver : receivers) {
      if (!receiver.synchronous() && receiver.wants(event.type())) {
        receiver.note(event);
      }
    }
    if (local) {
      note(key, new Pending<>(event, change.version()));
    } else {
      receivers.forEach(Receiver::kick);
      tellLater(key, new Pending<>(event, change.version()));
    }
  }

  private static <K, V> @Nullable CacheEvent<K, V> event(K key, Change<V> change) {
    if (change.after() != null) {
      return change.before() == null
          ? new CacheEvent<>(CacheEvent.Type.CREATED, key, change.after(), null, null)
          : new CacheEvent<>(CacheEvent.Type.UPDATED, key, change.after(), change.before(), null);
    }
    if (change.before() == null) {
      return null;
    }
    var cause = change.cause() == null ? RemovalCause.EXPLICIT : change.cause();
    return new CacheEvent<>(CacheEvent.Type.REMOVED, key, change.before(), null, cause);
  }

  private void note(K key, Pending<K, V> pending) {
    if (wantsChangesAtOnce) {
      enqueue(key, pending);
    }
    mine.get().add(pending);
  }

  private void enqueue(K key, Pending<K, V> pending) {
    queues.compute(
        key,
        (same, queue) -> {
          var present = queue == null ? new KeyQueue<K, V>() : queue;
          present.add(pending);
          return present;
        });
  }

  private void tellLater(K key, Pending<K, V> pending) {
    if (wantsChangesAtOnce) {
      enqueue(key, pending);
      try {
        executor.execute(() -> tell(pending));
      } catch (RejectedExecutionException e) {
        // Late is better than never, and the order of the key is kept.
        tell(pending);
      }
    }
  }

  /**
   * Tells what this thread's operation on a local store changed. Throws what a propagating listener
   * threw.
   */
  void settle() {
    if (!wantsChanges) {
      return;
    }
    var own = mine.get();
    if (own.isEmpty()) {
      return;
    }
    var told = List.copyOf(own);
    own.clear();
    receivers.forEach(Receiver::kick);
    Throwable first = null;
    for (var pending : told) {
      var failure = tell(pending);
      first = first == null ? failure : first;
    }
    if (first != null) {
      throw thrown(first);
    }
  }

  /** What a listener threw, as something to throw: an error at once, else the exception. */
  static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new HookException("a listener threw a checked exception", failure);
  }

  private @Nullable Throwable tell(Pending<K, V> pending) {
    var key = pending.event.key();
    var queue = queues.get(key);
    if (queue == null) {
      return null;
    }
    boolean nested = telling.get();
    queue.tellUntil(pending, nested, this::tellReceivers);
    queues.computeIfPresent(key, (same, present) -> present.idle() ? null : present);
    return queue.failure(pending);
  }

  private @Nullable Throwable tellReceivers(Pending<K, V> pending) {
    boolean outer = telling.get();
    telling.set(true);
    Throwable first = null;
    try {
      for (var receiver : receivers) {
        if (receiver.synchronous() && receiver.wants(pending.event.type())) {
          var failure = receiver.tell(pending.event);
          first = first == null ? failure : first;
        }
      }
    } finally {
      telling.set(outer);
      expectations.told(pending.event.key(), pending.version, first);
    }
    return first;
  }

  /** Announces an operation on a store that waits, so that its event can be waited for. */
  Expectation<K> expect(K key) {
    return expectations.open(key);
  }

  @Override
  public void gap(long first, long next) {
    expectations.releaseAll();
    receivers.forEach(receiver -> receiver.gap(next - first));
  }

  /** Tells of a read or load, which has no order to keep. */
  void tell(CacheEvent.Type type, K key, @Nullable V value) {
    var event = new CacheEvent<K, V>(type, key, value, null, null);
    for (var receiver : receivers) {
      if (!receiver.wants(type)) {
        continue;
      }
      if (receiver.synchronous()) {
        receiver.tell(event);
      } else {
        receiver.note(event);
        receiver.kick();
      }
    }
  }
}
