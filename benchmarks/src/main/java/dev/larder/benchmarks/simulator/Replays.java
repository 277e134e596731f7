package dev.larder.benchmarks.simulator;

import dev.larder.server.console.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Replays traces, several at a time, each replay by one thread from beginning to end. */
final class Replays implements AutoCloseable {
  private static final int STEPS_AT_ONCE = 1 << 13;

  private final ExecutorService threads;
  private final Progress progress;

  Replays(int threads, Progress progress) {
    this.threads = Executors.newFixedThreadPool(threads);
    this.progress = progress;
  }

  /** One replay to be. */
  record Cell(Contender contender, Size size, long capacity) {}

  /**
   * The outcomes of the cells, in their order.
   *
   * @throws IllegalStateException when a contender fails; the message says which one and where
   */
  List<Outcome> run(Trace trace, List<Cell> cells) throws InterruptedException {
    var done = new AtomicLong();
    var what = trace.name().length() > 20 ? trace.name().substring(0, 20) : trace.name();
    try (var stage = progress.start(what, (long) trace.length() * cells.size())) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (var cell : cells) {
        running.add(threads.submit(() -> replay(trace, cell, stage, done)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        outcomes.add(await(running.get(i), trace, cells.get(i)));
      }
      return outcomes;
    }
  }

  private static Outcome await(Future<Outcome> running, Trace trace, Cell cell)
      throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      var where = cell.contender().name() + " on " + trace.name() + " at " + cell.size().word();
      throw new IllegalStateException(where + " failed: " + e.getCause(), e);
    }
  }

  private static Outcome replay(Trace trace, Cell cell, Progress.Stage stage, AtomicLong done) {
    long hits = 0;
    long weight = 0;
    long missed = 0;
    try (var simulation = cell.contender().maker().make(trace, cell.capacity())) {
      for (int position = 0; position < trace.length(); position++) {
        boolean hit = simulation.access(trace.id(position), position);
        hits += hit ? 1 : 0;
        weight += trace.weight(position);
        missed += hit ? 0 : trace.weight(position);
        if ((position + 1) % STEPS_AT_ONCE == 0) {
          stage.at(done.addAndGet(STEPS_AT_ONCE));
        }
      }
    }
    done.addAndGet(trace.length() % STEPS_AT_ONCE);
    return new Outcome(
        trace.name(),
        cell.contender().name(),
        cell.size(),
        cell.capacity(),
        trace.distinct(),
        trace.length(),
        hits,
        weight,
        missed);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
