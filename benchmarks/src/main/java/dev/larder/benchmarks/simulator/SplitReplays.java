package dev.larder.benchmarks.simulator;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.server.console.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replays against a real cache of Larder, by one thread and by several, each of which takes the
 * next access that nobody has taken: what races cost in hits.
 */
final class SplitReplays implements AutoCloseable {
  private final int threads;
  private final Progress progress;
  private final ExecutorService pool;

  SplitReplays(int threads, Progress progress) {
    this.threads = threads;
    this.progress = progress;
    pool = Executors.newFixedThreadPool(threads);
  }

  /** A line for each cell of a policy of Larder: hit ratios in percent, and their difference. */
  String table(Trace trace, List<Replays.Cell> cells) throws InterruptedException {
    var ours =
        cells.stream().filter(c -> c.contender().origin() == Contender.Origin.LARDER).toList();
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%non a real cache    %9s %10s %12s %10s%n",
            "size",
            "1 thread",
            threads + " threads",
            "points"));
    try (var stage = progress.start("on a real cache", ours.size())) {
      for (int i = 0; i < ours.size(); i++) {
        text.append(line(trace, ours.get(i)));
        stage.at(i + 1L);
      }
    }
    return text.toString();
  }

  private String line(Trace trace, Replays.Cell cell) throws InterruptedException {
    double alone = 100 * ratio(trace, cell, 1);
    double split = 100 * ratio(trace, cell, threads);
    return String.format(
        Locale.ROOT,
        "%-18s %9s %10.2f %12.2f %+10.2f%n",
        cell.contender().name(),
        cell.size().word(),
        alone,
        split,
        split - alone);
  }

  private double ratio(Trace trace, Replays.Cell cell, int takers) throws InterruptedException {
    var spec = CacheSpec.of("split", Object.class, Integer.class).policy(cell.contender().name());
    if (trace.weighted()) {
      spec.maximumWeight(cell.capacity()).weigher((key, weight) -> weight);
    } else {
      spec.maximumEntries(cell.capacity());
    }
    try (var larder = Larder.open()) {
      var cache = larder.create(spec.build());
      var next = new AtomicInteger();
      List<Future<Long>> running = new ArrayList<>();
      for (int taker = 0; taker < takers; taker++) {
        running.add(pool.submit(() -> take(trace, cache, next)));
      }
      long hits = 0;
      for (var each : running) {
        hits += each.get();
      }
      return (double) hits / trace.length();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          cell.contender().name() + " on " + trace.name() + " failed: " + e.getCause(), e);
    }
  }

  private static long take(Trace trace, Cache<Object, Integer> cache, AtomicInteger next) {
    long hits = 0;
    for (int i = next.getAndIncrement(); i < trace.length(); i = next.getAndIncrement()) {
      var key = trace.key(trace.id(i));
      int weight = trace.weight(i);
      var found = cache.get(key);
      hits += found == null ? 0 : 1;
      if (found == null || found != weight) {
        cache.put(key, weight);
      }
    }
    return hits;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
