package dev.larder.benchmarks;

import dev.larder.Clock;
import dev.larder.engine.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * The process that measures one peer in one setup. It does what the lines of its input say, {@code
 * WORKLOAD THREADS MILLIS}, answers each with {@link #ANSWER} and a {@link Sample}, and ends with
 * its input. So the peers of a comparison take turns, each in a virtual machine of its own in which
 * nothing else ran.
 */
final class Worker {
  /** Begins the lines that are answers; a library may print lines of its own. */
  static final String ANSWER = "@ ";

  /** The first answer: the cache is filled. */
  static final String READY = "ready";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BATCH = 1_024;

  /** How many times its length a turn may take on a busy machine. */
  private static final int PATIENCE = 10;

  /** A thread is hardly ever on a processor all of the time. */
  private static final double ENOUGH = 0.95;

  private final Bed bed;
  private final Clock clock;

  private Worker(Bed bed, Clock clock) {
    this.bed = bed;
    this.clock = clock;
  }

  /** Arguments: the peer, then the first case in that setup. */
  public static void main(String... arguments) throws InterruptedException {
    var peer = Peer.valueOf(arguments[0]);
    var setup = Case.valueOf(arguments[1]).setup();
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var exitCode = 1;
    try (var bed = Bed.make(peer, setup)) {
      out.println(ANSWER + READY);
      new Worker(bed, SystemClock.instance()).serve(out);
      exitCode = 0;
    } catch (RuntimeException | IOException | ExecutionException e) {
      e.printStackTrace(System.err);
    } finally {
      System.exit(exitCode); // a peer's threads may be no daemons
    }
  }

  private void serve(PrintStream out) throws IOException, InterruptedException, ExecutionException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = line.split(" ");
      var workload = Workload.valueOf(words[0]);
      var sample = measure(workload, Integer.parseInt(words[1]), Long.parseLong(words[2]));
      out.println(ANSWER + sample.format());
    }
  }

  /** Threads are new each time: which counter cells and buffers they meet differs between runs. */
  private Sample measure(Workload workload, int threads, long millis)
      throws InterruptedException, ExecutionException {
    var pool = Executors.newFixedThreadPool(threads);
    var start = new CyclicBarrier(threads);
    var cpu = cpuNanos();
    try {
      var work = new ArrayList<Callable<Sample>>();
      for (var thread = 0; thread < threads; thread++) {
        var from = thread * 7_919;
        work.add(
            () -> {
              start.await();
              return loop(workload, from, millis * 1_000_000);
            });
      }
      var operations = 0L;
      var nanos = 0L;
      for (var part : pool.invokeAll(work)) {
        operations += part.get().operations();
        nanos = Math.max(nanos, part.get().nanos());
      }
      return new Sample(operations, nanos, cpuNanos() - cpu);
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Lasts until this thread has had that much of a processor: on a busy machine the clock alone
   * would end a warm-up before the compiler is done.
   */
  private Sample loop(Workload workload, int from, long nanos) {
    var begin = clock.ticks();
    var cpu = THREADS.getCurrentThreadCpuTime();
    var operations = 0L;
    var place = from;
    var sum = 0L;
    var now = begin;
    while (now - begin < nanos || (now - begin < PATIENCE * nanos && !used(nanos, cpu))) {
      sum += bed.run(workload, place, BATCH);
      place += BATCH;
      operations += BATCH;
      now = clock.ticks();
    }
    // What was read reaches the answer, so that no compiler can leave the reading out.
    return new Sample(operations, now - begin, sum & 1);
  }

  private static boolean used(long nanos, long since) {
    return THREADS.getCurrentThreadCpuTime() - since >= nanos * ENOUGH;
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
