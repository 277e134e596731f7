package dev.larder.disk;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections that read, made when first needed, the one used last lent first. Whoever wants
 * one more than there may be waits; each is held for one call of a table, never while waiting for
 * anything.
 */
final class Readers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final ArrayDeque<Session> idle = new ArrayDeque<>();
  private final int limit;
  private int lent;
  private boolean closed;

  Readers(int limit) {
    this.limit = limit;
  }

  /** An idle session, or null: the caller may make one, and gives it back in any case. */
  @Nullable Session borrow() {
    lock.lock();
    try {
      while (closed || lent == limit) {
        returned.awaitUninterruptibly();
      }
      lent++;
      return idle.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what was lent; null when it broke, or was never made. */
  void giveBack(@Nullable Session session) {
    lock.lock();
    try {
      lent--;
      if (session != null) {
        idle.addFirst(session);
      }
      // Not signal(): the one who waits for all of them waits for the same condition.
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the transactions that idle sessions keep. */
  void forget() throws SQLException {
    lock.lock();
    try {
      for (var session : idle) {
        session.forget();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lends nothing more, waits until everything is back, and closes it. */
  void close() {
    lock.lock();
    try {
      closed = true;
      while (lent > 0) {
        returned.awaitUninterruptibly();
      }
      idle.forEach(Session::close);
      idle.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Lends again. */
  void open() {
    lock.lock();
    try {
      closed = false;
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
