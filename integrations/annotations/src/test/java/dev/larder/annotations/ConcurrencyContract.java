package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers of one key compute once, whatever becomes of it. */
@Timeout(120)
public abstract class ConcurrencyContract extends ContainerContract {
  private static final int CALLERS = 8;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Attributed methods;

  @BeforeEach
  void begin() {
    methods = managed(AnnotatedMethods.class, Attributed.class);
  }

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS), "a thread hangs");
  }

  private static <T> T come(Future<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  /** Returns once the thread waits for somebody else, and not for a disk or a server. */
  private static void awaitWaiting(Thread thread) {
    while (!(thread.getState() == Thread.State.WAITING && isJoined(thread.getStackTrace()))) {
      Thread.onSpinWait();
    }
  }

  /** The two places where a computation of another is waited for. */
  private static boolean isJoined(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(
            frame ->
                frame.getMethodName().equals("await")
                    && (frame.getClassName().equals("dev.larder.engine.Loads")
                        || frame.getClassName().equals("dev.larder.annotations.Flight")));
  }

  /** Forbidden: the method runs twice for one key, though all came while nothing was cached. */
  @Test
  void callersThatComeTogetherComputeOnce() throws Exception {
    for (int round = 0; round < 200; round++) {
      var id = "id " + round;
      var runs = new AtomicInteger();
      var start = new CyclicBarrier(CALLERS);
      var callers = new ArrayList<Future<String>>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  start.await();
                  return methods.named(id, () -> "run " + runs.incrementAndGet());
                }));
      }
      for (var caller : callers) {
        assertEquals("run 1", come(caller));
      }
      assertEquals(1, runs.get());
    }
  }

  /** Forbidden: one who waits gets something else than the exception that the method threw. */
  @Test
  void exceptionReachesAllWhoWaitAndTheNextOneComputesAnew() throws Exception {
    var failure = new IOException("no");
    var waiters = new ArrayList<Future<String>>();
    var first =
        whileComputing(
            "a",
            waiters,
            () -> {
              throw failure;
            });
    assertSame(failure, assertThrows(ExecutionException.class, () -> come(first)).getCause());
    for (var waiter : waiters) {
      assertSame(failure, assertThrows(ExecutionException.class, () -> come(waiter)).getCause());
    }
    assertEquals("one", methods.named("a", () -> "one"));
  }

  /** Forbidden: one who waits computes too, or waits for ever, because the answer is null. */
  @Test
  void nullReachesAllWhoWait() throws Exception {
    var waiters = new ArrayList<Future<String>>();
    var first = whileComputing("a", waiters, () -> null);
    assertEquals(null, come(first));
    for (var waiter : waiters) {
      assertEquals(null, come(waiter));
    }
  }

  /** Starts a call, has others wait for it, and lets it end; the others must not run. */
  private Future<String> whileComputing(
      String id, List<Future<String>> waiters, Callable<String> end) throws Exception {
    var computing = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var first =
        threads.submit(
            () ->
                methods.named(
                    id,
                    () -> {
                      computing.countDown();
                      go.await();
                      return end.call();
                    }));
    computing.await();
    for (int i = 1; i < CALLERS; i++) {
      var thread = new CompletableFuture<Thread>();
      waiters.add(
          threads.submit(
              () -> {
                thread.complete(Thread.currentThread());
                return methods.named(
                    id,
                    () -> {
                      throw new AssertionError("ran twice");
                    });
              }));
      awaitWaiting(come(thread));
    }
    go.countDown();
    return first;
  }

  /** Forbidden: a caller waits for a computation of another key. */
  @Test
  void otherKeysDoNotWait() throws Exception {
    var result =
        methods.named("a", () -> come(threads.submit(() -> methods.named("b", () -> "two"))));
    assertEquals("two", result);
  }

  /** Forbidden: a method that calls itself for another key waits for ever. */
  @Test
  void recursionForOtherKeysComputesEach() {
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertEquals("3210", countdown(3)));
    assertEquals(4, size("values"));
  }

  private String countdown(int from) throws Exception {
    return methods.named("" + from, () -> from + (from == 0 ? "" : countdown(from - 1)));
  }

  /** Forbidden: a method that calls itself for its own key waits for itself. */
  @Test
  void recursionForTheSameKeyComputes() throws Exception {
    var result =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> methods.named("a", () -> "outer " + methods.named("a", () -> "inner")));
    assertEquals("outer inner", result);
    assertEquals("outer inner", methods.named("a", () -> "anew"));
  }

  /** Forbidden: two that compute wait for each other's key for ever. */
  @Test
  void circleOfTwoThreadsEnds() throws Exception {
    for (int round = 0; round < 50; round++) {
      var both = new CyclicBarrier(2);
      var one = "one " + round;
      var two = "two " + round;
      var first = threads.submit(() -> crossing(one, two, both));
      var second = threads.submit(() -> crossing(two, one, both));
      assertTrue(come(first).startsWith(one), () -> one);
      assertTrue(come(second).startsWith(two), () -> two);
    }
  }

  private String crossing(String mine, String other, CyclicBarrier both) throws Exception {
    return methods.named(
        mine,
        () -> {
          both.await();
          return mine + methods.named(other, () -> other);
        });
  }

  /** Forbidden: a value that was computed before the removal is found after it. */
  @Test
  @Tag("smoke")
  void removalDuringAComputationWins() throws Exception {
    assertEquals("old", computedDuring("a", () -> methods.remove("a", () -> null)));
    assertEquals("new", methods.named("a", () -> "new"));
    assertEquals("old", computedDuring("b", () -> methods.removeAll(() -> null)));
    assertEquals("new", methods.named("b", () -> "new"));
  }

  /** Forbidden: a value that was computed before a put replaces what was put. */
  @Test
  void putDuringAComputationWins() throws Exception {
    assertEquals("old", computedDuring("a", () -> methods.put("a", "put", () -> null)));
    assertEquals("put", methods.named("a", () -> "new"));
  }

  /** Forbidden: who comes after the removal gets what was computed before it. */
  @Test
  void whoComesAfterARemovalDoesNotJoinWhatBeganBefore() throws Exception {
    var old =
        computedDuring(
            "a",
            () -> {
              methods.remove("a", () -> null);
              assertEquals("new", methods.named("a", () -> "new"));
            });
    assertEquals("old", old);
    assertEquals("new", methods.named("a", () -> "newer"));
  }

  /** A computation of "old", in the middle of which another thread does something. */
  private String computedDuring(String id, Change change) throws Exception {
    return methods.named(
        id,
        () -> {
          come(
              threads.submit(
                  () -> {
                    change.make();
                    return null;
                  }));
          return "old";
        });
  }

  private interface Change {
    void make() throws Exception;
  }

  /** Forbidden: one who waits is told of the interrupt of the one who computes. */
  @Test
  void interruptOfTheOneWhoComputesIsNotThatOfTheOthers() throws Exception {
    var computing = new CompletableFuture<Thread>();
    var first =
        threads.submit(
            () ->
                methods.named(
                    "a",
                    () -> {
                      computing.complete(Thread.currentThread());
                      new CountDownLatch(1).await();
                      return "never";
                    }));
    var leader = come(computing);
    var waiting = new CompletableFuture<Thread>();
    var second =
        threads.submit(
            () -> {
              waiting.complete(Thread.currentThread());
              return methods.named("a", () -> "second");
            });
    awaitWaiting(come(waiting));
    leader.interrupt();
    assertEquals(
        InterruptedException.class,
        assertThrows(ExecutionException.class, () -> come(first)).getCause().getClass());
    assertEquals("second", come(second));
  }

  /** Forbidden: the interrupt of one who waits ends the computation. */
  @Test
  void interruptOfOneWhoWaitsIsHisAlone() throws Exception {
    var computing = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var first =
        threads.submit(
            () ->
                methods.named(
                    "a",
                    () -> {
                      computing.countDown();
                      go.await();
                      return "one";
                    }));
    computing.await();
    var waiting = new CompletableFuture<Thread>();
    var second =
        threads.submit(
            () -> {
              waiting.complete(Thread.currentThread());
              return methods.named("a", () -> "second");
            });
    var waiter = come(waiting);
    awaitWaiting(waiter);
    waiter.interrupt();
    var told = assertThrows(ExecutionException.class, () -> come(second)).getCause();
    assertEquals(javax.cache.CacheException.class, told.getClass(), told::toString);
    go.countDown();
    assertEquals("one", come(first));
  }

  /** Forbidden: two stages for one key are under way at the same time. */
  @Test
  void stagesOfOneKeyAreAskedForOnce() throws Exception {
    for (int round = 0; round < 100; round++) {
      var id = "id " + round;
      var runs = new AtomicInteger();
      var stage = new CompletableFuture<String>();
      var start = new CyclicBarrier(CALLERS);
      var shared = new ConcurrentLinkedQueue<CompletionStage<String>>();
      var callers = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  start.await();
                  return shared.add(
                      methods.stage(
                          id,
                          () -> {
                            runs.incrementAndGet();
                            return stage;
                          }));
                }));
      }
      for (var caller : callers) {
        assertTrue(come(caller));
      }
      stage.complete("one");
      for (var each : shared) {
        assertEquals("one", come(each.toCompletableFuture()));
      }
      assertEquals(1, runs.get());
    }
  }

  /** Forbidden: a stage that was asked for before the removal is found after it. */
  @Test
  void removalDuringAStageWins() throws Exception {
    var stage = new CompletableFuture<String>();
    var old = methods.stage("a", () -> stage).toCompletableFuture();
    methods.removeStage("a");
    var anew = methods.stage("a", () -> CompletableFuture.completedFuture("new"));
    stage.complete("old");
    assertEquals("old", come(old));
    assertEquals("new", come(anew.toCompletableFuture()));
    assertEquals("new", come(methods.stage("a", () -> stage).toCompletableFuture()));
  }
}
