package dev.larder.engine;

import dev.larder.spi.Change;
import dev.larder.spi.Lease;
import dev.larder.spi.Slot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A grant on a node of a {@link MemoryStore}: its holder has the key until {@link #commit} or
 * {@link #release}, without holding a lock.
 */
final class LocalLease<K, V> implements Lease<V> {
  private final MemoryStore<K, V> store;
  private final Node<K, V> node;
  private final K key;
  private final long fence;
  private final TrialSlot<K, V> trial;
  private boolean ended;

  /**
   * The slot shows what is there; it is only looked at here, under the monitor that the caller
   * holds.
   */
  LocalLease(MemoryStore<K, V> store, Node<K, V> node, K key, MemorySlot<K, V> seen, long fence) {
    this.store = store;
    this.node = node;
    this.key = key;
    this.fence = fence;
    this.trial =
        new TrialSlot<>(
            key,
            seen.current(),
            seen.now(),
            token -> store.tokens().redeem(key, token),
            store.math().life(),
            null);
  }

  @Override
  public Slot<V> slot() {
    return trial;
  }

  @Override
  public long fence() {
    return fence;
  }

  @Override
  public CompletionStage<@Nullable Change<V>> commit() {
    try {
      return CompletableFuture.completedFuture(apply());
    } finally {
      release();
    }
  }

  /**
   * Does what was asked of the slot and ends the grant. A weigher that fails leaves the entry as it
   * was; {@link #release} must follow then.
   */
  @Nullable Change<V> apply() {
    var written = trial.written();
    var sizer = store.sizer();
    var size = sizer == null || written == null ? null : sizer.size(key, written);
    MemorySlot<K, V> real;
    synchronized (node) {
      real =
          new MemorySlot<>(
              store, node, key, trial.now(), store.timed() ? store.exactly() : trial.now());
      real.size(size);
      trial.apply(real);
      end();
    }
    store.reconcile(node, real.rewritten());
    if (real.hot()) {
      store.read(node);
    }
    return real.change();
  }

  @Override
  public void release() {
    synchronized (node) {
      if (ended) {
        return;
      }
      end();
    }
    store.reconcile(node, false);
  }

  private void end() {
    ended = true;
    node.granted(false);
    store.grants().ended(key);
    node.notifyAll();
    store.bury(node);
  }
}
