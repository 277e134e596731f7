package dev.larder.spi;

import dev.larder.MissCause;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A place for entries. It knows data: find an entry, change one atomically, expire, evict; the
 * front knows the contract of users. Implementations extend {@link LocalStore} or {@link
 * WaitingStore}, each of which supplies the other half of these methods. Safe for all threads.
 */
public interface Store<K, V> extends AutoCloseable {

  /** Whether operations wait for something outside this process's memory. */
  boolean waits();

  /**
   * The live entry of the key, or null. In a local store: no lock, no allocation, no reference kept
   * to the key.
   */
  @Nullable Stored<V> get(K key, Touch touch);

  /**
   * The value of the live entry of the key, read by the user, as far as it can be had without
   * waiting: in a store that {@link #waits} null says nothing about whether there is one.
   */
  default @Nullable V value(K key) {
    var entry = atHand(key, Touch.READ);
    return entry == null ? null : entry.value();
  }

  /**
   * The answer of {@link StoreEvents#wanted} has become yes. Returns when every change from now on
   * will be reported, or told as a gap; a store that asks for each change need not do anything.
   */
  default void eventsWanted() {}

  /** What can be had without waiting; null says nothing about whether there is an entry. */
  @Nullable Stored<V> atHand(K key, Touch touch);

  /**
   * Copies of the entry in a tier in front were read, last at this instant. Told now and then, not
   * for each read; moves recency and a sliding deadline as a read then would have. Does not wait.
   */
  default void accessed(K key, long instant) {}

  /**
   * After how many milliseconds it wants to hear of the next access to a copy of one entry; 0 for
   * every access.
   */
  default long accessInterval() {
    return 1_000;
  }

  /**
   * The live entry of the key for a copy that nobody has asked for yet: as {@link #find} with
   * {@link Touch#PEEK}, but what cannot be read here is left as it is.
   */
  default CompletionStage<Look<V>> prefetch(K key) {
    return find(key, Touch.PEEK);
  }

  /**
   * Keeps, over a restart, which keys a tier in front held when it was closed, the most wanted
   * first. Replaces what was kept before.
   */
  default void remember(List<K> keys) {}

  /**
   * The keys that a tier in front may want back after a restart, the most wanted first: those last
   * {@linkplain #remember remembered}, or without them the ones accessed last as far as the store
   * knows.
   *
   * @param limit how many at most
   */
  default List<K> remembered(int limit) {
    return List.of();
  }

  /** The live entry of the key, with what a load needs when there is none. */
  CompletionStage<Look<V>> find(K key, Touch touch);

  /**
   * The live entries among the keys, by key; in a remote store one request. Never {@link
   * Touch#FILL}.
   */
  CompletionStage<Map<K, Stored<V>>> findAll(Collection<? extends K> keys, Touch touch);

  /**
   * As {@link #find} with {@link Touch#FILL} for each of the keys, which are all different; in a
   * remote store one request. It does not wait for loads of other processes: where one is under
   * way, there is neither an entry nor a fill token. So nobody who has tokens waits for others who
   * have some.
   */
  default CompletionStage<Map<K, Look<V>>> announceAll(Collection<? extends K> keys) {
    CompletionStage<Map<K, Look<V>>> all = CompletableFuture.completedFuture(new HashMap<>());
    for (K key : keys) {
      all =
          all.thenCombine(
              find(key, Touch.FILL),
              (looks, look) -> {
                looks.put(key, look);
                return looks;
              });
    }
    return all;
  }

  /** Runs the verb on the entry of the key and gives its result. */
  <A, R extends @Nullable Object> R update(K key, Update<A, V, R> update, A argument);

  /** As {@link #update}, without waiting. A verb with user code runs on the context's executor. */
  <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      K key, Update<A, V, R> update, A argument);

  /**
   * Runs pure verbs in order; one result a step, in order. The stage itself fails only when nothing
   * at all was done.
   */
  CompletionStage<List<Result<?>>> updateAll(List<Step<K, V>> steps, Unit unit);

  /** The strongest unit that {@link #updateAll} can do. */
  default Unit unit() {
    return Unit.EACH;
  }

  /** A part of the live entries; an entry that is there throughout a scan comes exactly once. */
  CompletionStage<Page<K, V>> scan(Cursor from, int limit);

  /**
   * The live entries in the order in which they would leave, each with what is left of its life;
   * null where the store knows no order, and {@link #scan} is the way. Weakly consistent.
   */
  default @Nullable Iterator<Kept<K, V>> coldestFirst() {
    return null;
  }

  /**
   * A grant on the key, as soon as earlier ones have ended.
   *
   * @param atMost after which the grant runs out by itself; local stores may ignore it
   */
  CompletionStage<Lease<V>> lease(K key, Duration atMost);

  /** Drops entries and outdates fill tokens, with no event per entry. */
  CompletionStage<Void> invalidate(Selection what);

  /** Does maintenance; the result is said by the kind. */
  CompletionStage<Long> maintain(Upkeep what);

  /** Why there is no live entry of the key. */
  MissCause explain(K key);

  /** How it is. */
  StoreInfo info();

  /** Frees what this process holds; shared data stays. Idempotent. */
  @Override
  void close();
}
