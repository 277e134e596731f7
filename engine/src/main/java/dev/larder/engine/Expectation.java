package dev.larder.engine;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A caller of a store that waits, who wants the event of its own change to have been told before it
 * goes on.
 */
final class Expectation<K> implements AutoCloseable {
  /**
   * After this long a caller goes on without its event; the stream is broken then, and says so by a
   * gap.
   */
  private static final long PATIENCE_MILLIS = 5_000;

  private final Expectations<K> all;
  private final K key;
  private long toldVersion;
  private boolean released;
  private @Nullable Throwable failure;
  private long failureVersion;

  Expectation(Expectations<K> all, K key) {
    this.all = all;
    this.key = key;
  }

  K key() {
    return key;
  }

  synchronized void told(long version, @Nullable Throwable thrown) {
    toldVersion = Math.max(toldVersion, version);
    if (thrown != null) {
      failure = thrown;
      failureVersion = version;
    }
    notifyAll();
  }

  synchronized void release() {
    released = true;
    notifyAll();
  }

  /**
   * Waits until the event of this version has been told; throws what a propagating listener threw
   * for it.
   */
  synchronized void await(long version) {
    if (version == 0) {
      return;
    }
    var left = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    var start = SystemClock.INSTANCE.ticks();
    try {
      while (toldVersion < version && !released && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left =
            TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS) - (SystemClock.INSTANCE.ticks() - start);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null && failureVersion == version) {
      throw Dispatch.thrown(failure);
    }
  }

  @Override
  public void close() {
    all.close(this);
  }
}
