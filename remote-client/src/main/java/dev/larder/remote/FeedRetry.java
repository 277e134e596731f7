package dev.larder.remote;

import dev.larder.spi.Context;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a stream that broke is opened again: with a backoff, and jitter so that clients do not come
 * back all at once. Safe for all threads.
 */
final class FeedRetry {
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 10;

  private final Context context;
  private final Runnable open;
  private final SplittableRandom random;
  private @Nullable ScheduledFuture<?> turn;
  private int attempts;
  private boolean closed;

  /**
   * Not wanted yet.
   *
   * @param open run on the context's scheduler
   */
  FeedRetry(Context context, Runnable open, SplittableRandom random) {
    this.context = context;
    this.open = open;
    this.random = random;
  }

  /** The stream did well for a while: the next one that breaks is no repeated failure. */
  synchronized void reset() {
    attempts = 0;
  }

  /**
   * It is tried later, once for all who say so until then.
   *
   * @return whether it is; false when the manager is closing
   */
  synchronized boolean later() {
    attempts++;
    if (closed || turn != null) {
      return true;
    }
    var longest = FIRST.toNanos() << Math.min(attempts - 1, DOUBLINGS);
    var delay = Math.min(longest, LONGEST.toNanos());
    try {
      turn =
          context
              .scheduler()
              .schedule(this::turn, delay / 2 + random.nextLong(delay / 2), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void turn() {
    synchronized (this) {
      turn = null;
    }
    open.run();
  }

  synchronized void close() {
    closed = true;
    if (turn != null) {
      turn.cancel(false);
    }
  }
}
