package dev.larder.jcache;

import dev.larder.engine.CacheFront;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The loads of a cache that run on threads of its own, which nobody waits for but who closes it: a
 * loader is not closed while it loads, and what it brings comes into no cache that is created after
 * this one. Safe for all threads.
 *
 * @param cache the name of the cache
 */
record Underway(String cache, Set<Run> runs) {
  /** Bounded, since a loader may hang, or may wait for who closes. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger("dev.larder.jcache");

  /** A load that runs. */
  record Run(Thread thread, CompletableFuture<Void> over) {}

  /** None yet. */
  static Underway in(String cache) {
    return new Underway(cache, ConcurrentHashMap.newKeySet());
  }

  /**
   * Runs a load on this thread. It is to see for itself whether the cache is open ({@link
   * CacheFront#loadAll} does): what begins after the cache was closed is not waited for.
   */
  void run(Runnable load) {
    var run = new Run(Thread.currentThread(), new CompletableFuture<>());
    runs.add(run);
    try {
      load.run();
    } finally {
      runs.remove(run);
      run.over.complete(null);
    }
  }

  /**
   * Waits for the loads of some caches on other threads than this; for all together no longer than
   * that, and not once interrupted.
   */
  static void await(Collection<Underway> all, Duration atMost) {
    var others =
        all.stream()
            .flatMap(each -> each.runs.stream())
            .filter(run -> run.thread != Thread.currentThread())
            .map(Run::over)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(others).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      var loading = all.stream().filter(each -> !each.runs.isEmpty()).map(Underway::cache).toList();
      LOG.log(
          Level.WARNING,
          "closed while loaders still load, after {0} s; caches: {1}",
          atMost.toSeconds(),
          loading);
    } catch (ExecutionException e) {
      throw new AssertionError("runs end well", e);
    }
  }
}
