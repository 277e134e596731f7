package dev.larder.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every {@link Case} for every {@link Peer}, in operations per microsecond. A peer that has no such
 * setup fails, and the run goes on. Threads come from the command line: {@code -t 2}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class CacheBenchmark {
  private static final int BATCH = 1_024;

  /** The cache under measurement. */
  @Param Peer peer = Peer.MAP;

  /** What is done with it. */
  @Param Case row = Case.READ;

  @SuppressWarnings("NullAway.Init") // made before each trial
  private Bed bed;

  private Workload workload = Workload.READ;

  /** Where a thread is in the keys. */
  @State(Scope.Thread)
  public static class Place {
    private int next = System.identityHashCode(this);
  }

  /** Makes and fills the cache. */
  @Setup
  public void make() {
    bed = Bed.make(peer, row.setup());
    workload = row.workload();
  }

  /** Closes the cache. */
  @TearDown
  public void close() {
    bed.close();
  }

  /** The operations of the row. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long operations(Place place) {
    place.next += BATCH;
    return bed.run(workload, place.next, BATCH);
  }
}
