package dev.larder.server.core;

import dev.larder.CacheControl;
import dev.larder.CacheStats;
import dev.larder.Clock;
import dev.larder.MissCause;
import dev.larder.engine.CacheFront;
import dev.larder.engine.Counters;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
import dev.larder.spi.Store;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs.Nothing;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One cache as the protocols see it: bytes under bytes, in whatever place it keeps them. Safe for
 * all threads.
 *
 * <p>All methods do their work on the calling thread. Where the database {@link #waits}, that may
 * take as long as a disk or a network does, so an event loop calls only those that say otherwise
 * and has {@link Work} do the others.
 */
public final class Database {
  private static final Verb<Nothing, @Nullable Stored<Payload>> LOOK =
      Verb.of("look", (none, slot) -> copy(slot.current()));

  private final CacheFront<Bytes, Payload> front;
  private final Store<Bytes, Payload> store;
  private final Counters counters;
  private final Watchers watchers;
  private final Contents contents;
  private final Gate gate = new Gate();
  private final boolean waits;

  /** Whether a read ends the life of an entry, so that it is gone when its parts are copied. */
  private final boolean servesOnce;

  Database(CacheFront<Bytes, Payload> front, Watchers watchers) {
    this.front = front;
    this.store = front.store();
    this.counters = front.counters();
    this.watchers = watchers;
    this.contents = new Contents(front.spec().placement().schemaVersion());
    this.waits = store.waits();
    this.servesOnce = front.spec().expiry().life().onAccess() == 0;
  }

  /** The name of the cache. Does not wait. */
  public String name() {
    return front.name();
  }

  /** Whether operations wait for something outside this process's memory. Does not wait. */
  public boolean waits() {
    return waits;
  }

  /** Whether it was destroyed or the server ended; operations then fail. Does not wait. */
  public boolean closed() {
    return front.closed();
  }

  /** The time by which its entries expire. Does not wait. */
  public Clock clock() {
    return front.clock();
  }

  /** What makes several operations one. */
  public Gate gate() {
    return gate;
  }

  /** Makes the values of this database. */
  public Contents contents() {
    return contents;
  }

  /**
   * The live entry of the key, as a read by the user: counted as hit or miss. In memory its parts
   * may change while they are looked at, and its value be null if it leaves meanwhile; {@link
   * #snapshot} costs more and gives parts that belong together.
   */
  public @Nullable Stored<Payload> get(Bytes key) {
    var entry = store.get(key, Touch.READ);
    count(entry, key);
    return entry;
  }

  /** What {@link #get} finds without waiting, counted as a hit; null, not counted, says nothing. */
  public @Nullable Stored<Payload> atHand(Bytes key) {
    var entry = store.atHand(key, Touch.READ);
    if (entry != null) {
      counters.hit();
    }
    return entry;
  }

  /** The live entry of the key; no access, not counted. */
  public @Nullable Stored<Payload> peek(Bytes key) {
    return store.get(key, Touch.PEEK);
  }

  /** As {@link #get}, or {@link #peek} where touch says so, with parts that belong together. */
  public @Nullable Stored<Payload> snapshot(Bytes key, Touch touch) {
    var entry = store.get(key, touch);
    if (entry != null && !waits) {
      // In memory the entry is live: its parts are copied while nobody changes them.
      var once = servesOnce && touch != Touch.PEEK ? copy(entry) : null;
      var copy = store.update(key, LOOK, Nothing.NOTHING);
      entry = copy == null ? once : copy;
    }
    if (touch == Touch.READ) {
      count(entry, key);
    }
    return entry;
  }

  /** A look that announces a load, and gets a fill token. */
  public Look<Payload> look(Bytes key, Touch touch) {
    var look = announce(key, touch);
    if (look.entry() != null) {
      counters.hit();
    } else {
      counters.miss();
    }
    return look;
  }

  /** As {@link #look}, not counted. */
  public Look<Payload> announce(Bytes key, Touch touch) {
    return WaitingStore.join(store.find(key, touch));
  }

  private void count(@Nullable Stored<Payload> entry, Bytes key) {
    if (entry != null) {
      counters.hit();
      return;
    }
    counters.miss();
    counters.missed(waits ? MissCause.UNKNOWN : store.explain(key));
  }

  /** The live entries among the keys; counted where touch is {@link Touch#READ}. */
  public Map<Bytes, Stored<Payload>> getAll(Collection<Bytes> keys, Touch touch) {
    var found = WaitingStore.join(store.findAll(keys, touch));
    if (touch == Touch.READ) {
      keys.forEach(key -> count(found.get(key), key));
    }
    return found;
  }

  /** Runs a verb, the cheap way. The caller counts. */
  public <A, R extends @Nullable Object> R update(Bytes key, Update<A, Payload, R> verb, A with) {
    return store.update(key, verb, with);
  }

  /** Runs a verb and tells the version it wrote; throws what the verb threw. The caller counts. */
  public <A, R extends @Nullable Object> Result<R> change(
      Bytes key, Update<A, Payload, R> verb, A with) {
    return WaitingStore.join(store.updateLater(key, verb, with));
  }

  /** Runs verbs in order, each atomic by itself, a result a step. The caller counts. */
  public List<Result<?>> updateAll(List<Step<Bytes, Payload>> steps) {
    return WaitingStore.join(store.updateAll(steps, Unit.EACH));
  }

  /** Counts a read by the user that a verb did. Does not wait. */
  public void read(boolean found) {
    if (found) {
      counters.hit();
    } else {
      counters.miss();
    }
  }

  /** Counts values stored and entries removed by the user. Does not wait. */
  public void counted(int puts, int removals) {
    for (int put = 0; put < puts; put++) {
      counters.put();
    }
    for (int removal = 0; removal < removals; removal++) {
      counters.removal();
    }
  }

  /** A part of the live entries; one that is there throughout a scan comes exactly once. */
  public Page<Bytes, Payload> scan(Cursor from, int limit) {
    return WaitingStore.join(store.scan(from, limit));
  }

  /** A grant on the key, when earlier ones have ended: may wait long in any database. */
  public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    return store.lease(key, atMost);
  }

  /** Drops all entries. Watchers hear of it once. */
  public void clear() {
    WaitingStore.join(store.invalidate(Selection.ALL));
    watchers.cleared();
  }

  /** Removes what has expired; tells how many. Watchers hear of each. */
  public long purge() {
    return front.control().purge();
  }

  /** Whether anybody is told of changes. Does not wait. */
  public boolean watched() {
    return watchers.wanted();
  }

  /** Why there is no entry, as far as it is known. */
  public MissCause explain(Bytes key) {
    return store.explain(key);
  }

  /** How many entries there are, expired ones not yet removed included. Does not wait. */
  public long size() {
    return store.info().size();
  }

  /** What it counted and holds. Does not wait. */
  public CacheStats stats() {
    return front.control().stats();
  }

  /** Health, purging, resizing, statistics. */
  public CacheControl control() {
    return front.control();
  }

  /** The cache itself, for snapshots. */
  public CacheFront<Bytes, Payload> front() {
    return front;
  }

  /** Has the watcher told of all changes from now on. Does not wait. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Ends that; changes under way may still be told. Does not wait. */
  public void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  private static @Nullable Stored<Payload> copy(@Nullable Stored<Payload> live) {
    var value = live == null ? null : live.value();
    return live == null || value == null
        ? null
        : new Stored.Snapshot<>(value, live.deadline(), live.version(), value.meta());
  }
}
