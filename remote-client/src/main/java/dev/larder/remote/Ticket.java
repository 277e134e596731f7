package dev.larder.remote;

import dev.larder.StoreException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An operation on its way, from the moment it was asked. Its state says who may touch it: while it
 * is queued everybody may take it, who took it completes it, and who waits for it may give it up at
 * any time. What it came to is written before the state says so.
 */
final class Ticket {
  /** Where an operation is. */
  enum State {
    /** Not sent, or certainly not arrived and to be sent again. */
    QUEUED,
    /** As queued, and its waiting caller is to carry the next batch. */
    LEADING,
    /** In a request; it may have happened. */
    SENT,
    /** It has its answer or failure, or nobody wants them any more. */
    DONE
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Ticket.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Op op;
  private final long deadline;
  private final @Nullable Thread waiter;
  private final @Nullable CompletableFuture<Answer> future;

  @SuppressWarnings("FieldMayBeFinal") // changed through STATE
  private volatile State state = State.QUEUED;

  private @Nullable Answer answer;
  private @Nullable RuntimeException failure;
  private @Nullable StoreException failedBefore;
  private int attempts;
  private boolean watching;
  private volatile boolean alone;

  private Ticket(
      Op op, long deadline, @Nullable Thread waiter, @Nullable CompletableFuture<Answer> future) {
    this.op = op;
    this.deadline = deadline;
    this.waiter = waiter;
    this.future = future;
  }

  /** Of a caller that waits: this thread. */
  static Ticket waiting(Op op, long deadline) {
    return new Ticket(op, deadline, Thread.currentThread(), null);
  }

  /** Of a caller that does not wait. */
  static Ticket later(Op op, long deadline, CompletableFuture<Answer> future) {
    return new Ticket(op, deadline, null, future);
  }

  Op op() {
    return op;
  }

  /** When its time is up, in {@linkplain dev.larder.Clock#ticks ticks}. */
  long deadline() {
    return deadline;
  }

  /** Whether a thread waits for it. */
  boolean hasWaiter() {
    return waiter != null;
  }

  /** Whether it wants a request of its own. */
  boolean alone() {
    return alone;
  }

  /** From now on it wants a request of its own; only for who took it. */
  void setAlone() {
    alone = true;
  }

  /** Before it is queued: nobody else waits, so its caller is to see how long that lasts. */
  void setWatching() {
    watching = true;
  }

  /** Whether its caller is to see how long the queue lasts; once. Only for that caller. */
  boolean watches() {
    var first = watching;
    watching = false;
    return first;
  }

  State state() {
    return state;
  }

  /** One step; false when it is not, or no more, in the first of the states. */
  boolean move(State from, State to) {
    return STATE.compareAndSet(this, from, to);
  }

  /** How often it has been sent, this time included. Only for who took it. */
  int attempt() {
    return ++attempts;
  }

  /** Before it is queued again: what the attempt came to. Only for who took it. */
  void setFailedBefore(StoreException failure) {
    failedBefore = failure;
  }

  /** What the last attempt came to, null when there was none; seen by who takes it. */
  @Nullable StoreException failedBefore() {
    return failedBefore;
  }

  void wake() {
    LockSupport.unpark(waiter);
  }

  /** Only for who took it; a caller that gave up hears nothing. */
  void succeed(Answer came) {
    answer = came;
    finish(State.SENT);
  }

  /** As {@link #succeed}, from any state that it is known to be in. */
  void fail(State from, RuntimeException why) {
    if (state == from) {
      failure = why;
      finish(from);
    }
  }

  private void finish(State from) {
    if (move(from, State.DONE) && waiter != null) {
      LockSupport.unpark(waiter);
    }
  }

  /** Tells the future; for tickets that have one and are done. */
  void tell() {
    if (future == null) {
      return;
    }
    if (failure != null) {
      future.completeExceptionally(failure);
    } else if (answer != null) {
      future.complete(answer);
    }
  }

  /** What came of it, once done. */
  Answer result() {
    if (failure != null) {
      throw failure;
    }
    if (answer == null) {
      throw new IllegalStateException("not done: " + state);
    }
    return answer;
  }
}
