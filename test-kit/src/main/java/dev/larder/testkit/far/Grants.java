package dev.larder.testkit.far;

import dev.larder.Life;
import dev.larder.spi.Bytes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The leases of one cache and who waits for them, in order. Lives on the owner's thread. */
final class Grants {

  /** Work that waits for a key. */
  interface Waiter {
    /** Whose clock and scheduler count. */
    FarStore client();

    void run();

    /** Runs after its client has gone, which it notices. */
    default void abandon() {
      run();
    }
  }

  private static final class Grant {
    final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    @Nullable FarStore holder;
    long fence;
    long until;
    boolean doomed;
    @Nullable Future<?> alarm;
  }

  private final Map<Bytes, Grant> grants = new HashMap<>();
  private long fences;

  /** Whether expiry, eviction and other writers have to leave the key alone. */
  boolean held(Bytes key, long now) {
    var grant = grants.get(key);
    return grant != null && grant.fence != 0 && now < grant.until;
  }

  int size() {
    return grants.size();
  }

  /** Runs the work when the key is free: now, or behind those who came before. */
  void whenFree(Bytes key, Waiter work) {
    var grant = grants.get(key);
    // A grant without a fence is only met while the queue of its key is worked off: then it is this
    // one's turn.
    if (grant == null || grant.fence == 0) {
      work.run();
      return;
    }
    wakeAtEnd(key, grant, work.client());
    grant.waiting.add(work);
    if (work.client().now() >= grant.until) {
      end(key, grant);
    }
  }

  /**
   * Runs the work when none of the keys is leased. It holds nothing while it waits, so batches
   * cannot block each other.
   */
  void whenFree(Collection<Bytes> keys, Waiter work) {
    for (var key : keys) {
      var grant = grants.get(key);
      if (grant != null && grant.fence != 0) {
        whenFree(key, new Retry(keys, work));
        return;
      }
    }
    work.run();
  }

  private final class Retry implements Waiter {
    private final Collection<Bytes> keys;
    private final Waiter work;

    Retry(Collection<Bytes> keys, Waiter work) {
      this.keys = keys;
      this.work = work;
    }

    @Override
    public FarStore client() {
      return work.client();
    }

    @Override
    public void run() {
      whenFree(keys, work);
    }

    @Override
    public void abandon() {
      work.abandon();
    }
  }

  /** Grants a free key and gives the fence. */
  long take(Bytes key, FarStore holder, long life) {
    var grant = grants.computeIfAbsent(key, any -> new Grant());
    grant.holder = holder;
    grant.fence = ++fences;
    grant.until = Life.deadline(holder.now(), life);
    grant.doomed = false;
    return grant.fence;
  }

  /** Whether the grant with that fence is in force. */
  boolean valid(Bytes key, long fence, long now) {
    var grant = grants.get(key);
    return grant != null && grant.fence == fence && now < grant.until;
  }

  /**
   * Whether the entries were invalidated since the key was granted: what the lease brings then came
   * before that.
   */
  boolean doomed(Bytes key) {
    var grant = grants.get(key);
    return grant != null && grant.doomed;
  }

  /** Marks the grant in force when the entry is invalidated. */
  void doom(Bytes key) {
    var grant = grants.get(key);
    if (grant != null) {
      grant.doomed = true;
    }
  }

  /** Marks every grant in force. */
  void doomAll() {
    grants.values().forEach(grant -> grant.doomed = true);
  }

  /** Ends the grant with that fence, if it is still the one, and lets the next in. */
  void release(Bytes key, long fence) {
    var grant = grants.get(key);
    if (grant != null && grant.fence == fence) {
      end(key, grant);
    }
  }

  /** Ends what a client holds and waits for. */
  void releaseAll(FarStore holder) {
    for (var grant : grants.values()) {
      var gone = grant.waiting.stream().filter(work -> work.client() == holder).toList();
      grant.waiting.removeAll(gone);
      gone.forEach(Waiter::abandon);
    }
    for (var key : List.copyOf(grants.keySet())) {
      var grant = grants.get(key);
      if (grant != null && grant.holder == holder) {
        end(key, grant);
      }
    }
  }

  private void end(Bytes key, Grant grant) {
    if (grant.alarm != null) {
      grant.alarm.cancel(false);
      grant.alarm = null;
    }
    grant.fence = 0;
    grant.holder = null;
    while (grant.fence == 0 && !grant.waiting.isEmpty()) {
      grant.waiting.remove().run();
    }
    if (grant.fence == 0) {
      grants.remove(key);
    } else if (!grant.waiting.isEmpty()) {
      wakeAtEnd(key, grant, grant.waiting.element().client());
    }
  }

  /** The end of a lease is looked for only while somebody waits for it. */
  private void wakeAtEnd(Bytes key, Grant grant, FarStore client) {
    if (grant.alarm == null && grant.until != Life.FOREVER) {
      var fence = grant.fence;
      grant.alarm = client.later(grant.until - client.now(), () -> wake(key, fence, client));
    }
  }

  private void wake(Bytes key, long fence, FarStore client) {
    var grant = grants.get(key);
    if (grant == null || grant.fence != fence) {
      return;
    }
    grant.alarm = null;
    if (client.now() >= grant.until) {
      end(key, grant);
    } else {
      wakeAtEnd(key, grant, client);
    }
  }
}
