package dev.larder.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that plays a part in a test. Every wait is bounded: a test that would hang fails
 * instead.
 *
 * @param <T> what it brings
 */
public final class Actor<T extends @Nullable Object> {
  /** How long anybody waits for anything: far longer than it takes where all is well. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So many looks in a row, a millisecond apart, at a thread that reads from a socket. */
  private static final int LONG_READ = 100;

  /** What one of several actors does. */
  @FunctionalInterface
  public interface Part {
    /** Plays the part of the actor of that number, from 0. */
    void play(int number) throws Exception;
  }

  private final FutureTask<T> task;
  private final Thread thread;

  private Actor(String name, Callable<T> part) {
    task = new FutureTask<>(part);
    thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  /** Starts an actor. */
  public static <T extends @Nullable Object> Actor<T> start(String name, Callable<T> part) {
    var actor = new Actor<T>(name, part);
    actor.thread.start();
    return actor;
  }

  /** Starts an actor that brings nothing. */
  public static Actor<Boolean> run(String name, Part part) {
    return start(
        name,
        () -> {
          part.play(0);
          return true;
        });
  }

  /**
   * Has so many actors begin at one moment, and waits for all; throws what the first of them threw.
   */
  public static void together(int actors, Part part) {
    var ready = new CountDownLatch(actors);
    var all = new ArrayList<Actor<Boolean>>();
    for (int i = 0; i < actors; i++) {
      var number = i;
      all.add(
          run(
              "actor-" + i,
              any -> {
                ready.countDown();
                await(ready);
                part.play(number);
              }));
    }
    all.forEach(Actor::result);
  }

  /**
   * What the actor brought.
   *
   * @throws AssertionError when it takes longer than {@link #PATIENCE}; it says where the actor
   *     stands
   * @throws RuntimeException what the actor threw
   */
  public T result() {
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (TimeoutException e) {
      var stuck = new AssertionError(thread.getName() + " is stuck where the cause says");
      var where = new Exception(thread.getName());
      where.setStackTrace(thread.getStackTrace());
      stuck.initCause(where);
      throw stuck;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Interrupts the actor. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Whether the actor has finished. */
  public boolean done() {
    return task.isDone();
  }

  /** Returns when the actor waits for somebody or something; fails when it finishes instead. */
  public void awaitWaiting() {
    int reading = 0;
    for (long left = PATIENCE.toMillis(); left > 0; left--) {
      var state = thread.getState();
      if (state == Thread.State.WAITING
          || state == Thread.State.TIMED_WAITING
          || state == Thread.State.BLOCKED) {
        return;
      }
      reading = readsNetwork() ? reading + 1 : 0;
      if (reading == LONG_READ) {
        return;
      }
      if (finishedWithin(1)) {
        throw new AssertionError(thread.getName() + " did not wait but finished");
      }
    }
    throw new AssertionError(thread.getName() + " did not come to wait");
  }

  /** Whoever waits for a server counts as running. */
  private boolean readsNetwork() {
    var stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && stack[0].getClassName().startsWith("sun.nio.ch.");
  }

  /** Whether the actor finishes within so many milliseconds of real time. */
  public boolean finishedWithin(long millis) {
    try {
      task.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits for a latch, at most {@link #PATIENCE}. */
  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited in vain for " + latch);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting", e);
  }

  private static RuntimeException rethrown(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("an actor failed", thrown);
  }
}
