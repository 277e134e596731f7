package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.spi.EvictionPolicy;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What writers do while another thread has the policy lock for long. */
class BacklogTest {
  private static final int BOUND = 10;
  private static final AtomicReference<CountDownLatch> HOLD =
      new AtomicReference<>(new CountDownLatch(0));

  private final Larder larder = Larder.open();

  @AfterEach
  void close() {
    HOLD.get().countDown();
    larder.close();
  }

  /** First in, first out, and waits at every entry that comes while it is told to. */
  static final class Waiting<E extends EvictionPolicy.Element> implements EvictionPolicy<E> {
    private final ArrayDeque<E> queue = new ArrayDeque<>();

    @Override
    public void added(E entry) {
      hold();
      queue.add(entry);
    }

    private static void hold() {
      try {
        HOLD.get().await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void removed(E entry) {
      queue.remove(entry);
    }

    @Override
    public @Nullable E evict(Predicate<? super E> mayLeave) {
      var victim = queue.stream().filter(mayLeave).findFirst().orElse(null);
      queue.remove(victim);
      return victim;
    }

    @Override
    public void visit(Consumer<? super E> visitor) {
      hold();
      queue.forEach(visitor);
    }

    /** Named in META-INF/services of the tests. */
    public static final class Provider implements EvictionPolicy.Provider {
      @Override
      public String name() {
        return "waiting";
      }

      @Override
      public <E extends Element> EvictionPolicy<E> create(long capacity) {
        return new Waiting<>();
      }
    }
  }

  /**
   * Forbidden: a writer goes on without end while nobody evicts, so that the cache grows beyond its
   * bound by more than the stated slack; or what waited is forgotten.
   */
  @Test
  void writersLeaveListWorkToTheHolderOfTheLockUpToTheStatedSlack() throws InterruptedException {
    Cache<Integer, Integer> cache =
        larder.create(
            CacheSpec.of("slack", Integer.class, Integer.class)
                .maximumEntries(BOUND)
                .policy("waiting")
                .build());
    HOLD.set(new CountDownLatch(1));
    var holder = new Thread(() -> cache.put(-1, -1));
    holder.start();
    awaitParked(holder);

    var writer = new Thread(() -> putMany(cache));
    writer.start();
    awaitParked(writer);

    int there = 0;
    for (var unused : cache) {
      there++;
    }
    assertEquals(1 + Residency.SLACK + 1, there, "the holder's, those that wait, the writer's");
    HOLD.get().countDown();
    holder.join();
    writer.join();
    assertEquals(BOUND, cache.size());
    assertTrue(cache.control().stats().peakSize() <= BOUND + 1);
  }

  /**
   * The lock is held by somebody who looks at the order and changes nothing. Forbidden: what
   * writers left meanwhile stays until another write.
   */
  @Test
  void whatWritersLeftIsDoneWhoeverHeldTheLock() throws InterruptedException {
    Cache<Integer, Integer> cache =
        larder.create(
            CacheSpec.of("left", Integer.class, Integer.class)
                .maximumEntries(BOUND)
                .policy("waiting")
                .build());
    cache.put(-1, -1);
    HOLD.set(new CountDownLatch(1));
    var holder = new Thread(((CacheFront<Integer, Integer>) cache)::coldestFirst);
    holder.start();
    awaitParked(holder);
    for (int key = 0; key < Residency.SLACK; key++) {
      cache.put(key, key);
    }

    HOLD.get().countDown();
    holder.join();

    int there = 0;
    for (var unused : cache) {
      there++;
    }
    assertEquals(BOUND, there);
  }

  private static void putMany(Cache<Integer, Integer> cache) {
    for (int key = 0; key < 1_000; key++) {
      cache.put(key, key);
    }
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
