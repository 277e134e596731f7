package dev.larder.benchmarks.remote;

import dev.larder.Clock;
import dev.larder.engine.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * The process that measures one client. Fills the server, then does what the lines of its input
 * say, {@code OPERATION THREADS MILLIS}, and answers each with {@link #ANSWER} and a {@link Turn};
 * ends with its input.
 */
final class Worker {
  /** Begins the lines that are answers; a library may print lines of its own. */
  static final String ANSWER = "@ ";

  private static final int BATCH = 500;
  private static final int DIGITS = 3;

  private final Subject subject;
  private final Clock clock = SystemClock.instance();

  private Worker(Subject subject) {
    this.subject = subject;
  }

  /** Arguments: client, port of its server, most threads. */
  public static void main(String... arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var exitCode = 1;
    var port = Integer.parseInt(arguments[1]);
    try (var subject = Client.valueOf(arguments[0]).connect(port, Integer.parseInt(arguments[2]))) {
      var worker = new Worker(subject);
      if (!(subject instanceof CopySubject)) {
        worker.fill();
      }
      out.println(ANSWER + new Turn(0, 0, 0, 0, 0, 0, Traffic.NONE).format());
      worker.serve(out);
      exitCode = 0;
    } catch (RuntimeException | IOException | ExecutionException | LinkageError e) {
      e.printStackTrace(System.err);
    } finally {
      System.exit(exitCode); // a client's threads may be no daemons
    }
  }

  private void fill() {
    for (var from = 0; from < Draw.ENTRIES; from += BATCH) {
      subject.putAll(Draw.entries(from, from + BATCH));
    }
  }

  private void serve(PrintStream out) throws IOException, InterruptedException, ExecutionException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = line.split(" ");
      var turn =
          turn(Operation.valueOf(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
      out.println(ANSWER + turn.format());
    }
  }

  /** What one thread did. */
  private record Part(long operations, long missed, Histogram times) {}

  private Turn turn(Operation operation, int threads, long millis)
      throws InterruptedException, ExecutionException {
    var pool = Executors.newFixedThreadPool(threads);
    var start = new CyclicBarrier(threads);
    var seed = clock.ticks();
    var cpu = cpuNanos();
    try {
      var work = new ArrayList<Callable<Part>>();
      for (var thread = 0; thread < threads; thread++) {
        var draw = new Draw(thread, seed);
        work.add(
            () -> {
              start.await();
              return loop(operation, draw, millis * 1_000_000);
            });
      }
      var begin = clock.ticks();
      var parts = pool.invokeAll(work);
      return together(parts, clock.ticks() - begin, cpuNanos() - cpu);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Turn together(List<Future<Part>> parts, long nanos, long cpu)
      throws InterruptedException, ExecutionException {
    var operations = 0L;
    var missed = 0L;
    var times = new Histogram(DIGITS);
    for (var future : parts) {
      var part = future.get();
      operations += part.operations();
      missed += part.missed();
      times.add(part.times());
    }
    var p50 = times.getValueAtPercentile(50);
    return new Turn(
        operations, missed, nanos, cpu, p50, times.getValueAtPercentile(99), Traffic.NONE);
  }

  private Part loop(Operation operation, Draw draw, long nanos) {
    var times = new Histogram(DIGITS);
    var begin = clock.ticks();
    var calls = 0L;
    var found = 0L;
    var now = begin;
    while (now - begin < nanos) {
      found += operation.once(subject, draw);
      calls++;
      var before = now;
      now = clock.ticks();
      times.recordValue(now - before);
    }
    var operations = calls * operation.times();
    return new Part(operations, operations - found, times);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
