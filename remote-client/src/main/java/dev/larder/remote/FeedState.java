package dev.larder.remote;

import dev.larder.StoreException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which stream of events is the right one, and why there is none. Everything here is done under one
 * lock and takes a few instructions, but {@link #await}. Safe for all threads.
 */
final class FeedState {
  private final String cache;
  private final FeedChecks checks;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock, as the checks are.
  private @Nullable FeedStream current;
  private boolean moved;
  private boolean closed;
  private String problem = "";
  private String further = "";

  /**
   * No stream.
   *
   * @param cache its name, for messages
   * @param checks on from the first stream until nobody wants one
   */
  FeedState(String cache, FeedChecks checks) {
    this.cache = cache;
    this.checks = checks;
  }

  /** The right one, null while there is none. */
  @Nullable FeedStream current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  boolean is(FeedStream stream) {
    return current() == stream;
  }

  /**
   * Makes a stream, unless there is one or it is closed.
   *
   * @param stream given whether the host is another than that of the stream before; does no I/O
   * @return null where none was made
   */
  @Nullable FeedStream adopt(Function<Boolean, FeedStream> stream) {
    lock.lock();
    try {
      if (closed || current != null) {
        return null;
      }
      checks.start();
      current = stream.apply(moved);
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** The stream has begun. */
  void started(FeedStream stream, String listener) {
    lock.lock();
    try {
      stream.start(listener);
      moved = false;
      problem = "";
      further = "";
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The stream is no use any more.
   *
   * @return whether it was the right one
   */
  boolean leave(FeedStream stream, String why) {
    lock.lock();
    try {
      if (current != stream) {
        return false;
      }
      current = null;
      problem = why;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up a stream that brings no values; gives it to be closed. */
  @Nullable FeedStream leavePoorer() {
    lock.lock();
    try {
      return current == null || current.values() ? null : detach();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up a stream that nobody wants; gives it to be closed.
   *
   * @param wanted asked under the lock, so that who wants one from now on opens another
   */
  @Nullable FeedStream leaveUnwanted(BooleanSupplier wanted) {
    lock.lock();
    try {
      if (current == null || wanted.getAsBoolean()) {
        return null;
      }
      checks.stop();
      return detach();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The host is another.
   *
   * @param old told the stream there was, to be closed
   * @return whether a stream is wanted
   */
  boolean move(Consumer<FeedStream> old) {
    FeedStream left;
    lock.lock();
    try {
      if (closed || (current == null && !checks.on())) {
        return false;
      }
      moved = true;
      left = detach();
    } finally {
      lock.unlock();
    }
    if (left != null) {
      old.accept(left);
    }
    return true;
  }

  /** There will be no stream any more; gives the one there was to be closed. */
  @Nullable FeedStream close() {
    lock.lock();
    try {
      closed = true;
      checks.stop();
      changed.signalAll();
      return detach();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable FeedStream detach() {
    var old = current;
    current = null;
    return old;
  }

  /**
   * Returns when a stream has begun, or it is closed.
   *
   * @param values whether it has to bring values
   * @throws StoreException when none has after {@link FeedChecks#PATIENCE}
   */
  void await(boolean values) {
    var left = FeedChecks.PATIENCE.toNanos();
    lock.lock();
    try {
      while (!closed && !begun(values)) {
        if (left <= 0) {
          throw new StoreException(
              "cache '"
                  + cache
                  + "': the stream of events has not begun within "
                  + FeedChecks.PATIENCE.toSeconds()
                  + " s"
                  + (problem.isEmpty() ? "" : ": " + words())
                  + "; it is tried on, and until then listeners hear nothing",
              null);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the stream of events", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean begun(boolean values) {
    var stream = current;
    return stream != null && stream.started() && (stream.values() || !values);
  }

  private String words() {
    return problem.isEmpty() || further.isEmpty() ? problem + further : problem + "; " + further;
  }

  /** What is wrong besides why there is no stream, until one begins. */
  void notedToo(String now) {
    lock.lock();
    try {
      further = begun(false) ? "" : now;
    } finally {
      lock.unlock();
    }
  }

  /** What is wrong now, empty for nothing. */
  void noted(String now) {
    lock.lock();
    try {
      problem = now;
    } finally {
      lock.unlock();
    }
  }

  /** What is wrong, in words; empty when nothing is. */
  String problem() {
    lock.lock();
    try {
      return words();
    } finally {
      lock.unlock();
    }
  }

  /** How the stream is, in a word. */
  String word() {
    lock.lock();
    try {
      if (current == null) {
        return checks.on() ? "broken" : "not wanted";
      }
      if (!current.started()) {
        return "opening";
      }
      return current.values() ? "open with values" : "open";
    } finally {
      lock.unlock();
    }
  }
}
