package dev.larder.benchmarks.server;

import dev.larder.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What the server costs before anybody asks it anything, and what entries cost. Bytes, and
 * milliseconds.
 *
 * @param jar the length of the jar that runs
 * @param start from starting the process to the first answer, the median of several
 * @param idle memory of the machine that the idle process has, with default settings
 * @param idleHeap objects in it after a collection
 * @param full memory of the process when it holds the entries, on top of what it had before
 * @param fullHeap the same of objects after a collection
 * @param redis what Redis had on top for the same entries; 0 when it is not there
 */
record Footing(
    long jar, double start, long idle, long idleHeap, long full, long fullHeap, long redis) {
  static final int ENTRIES = 1_000_000;
  static final int BYTES = 100;

  /** After a start the compiler and the like are still at work for a moment. */
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

  static Footing of(Peers peers, int starts, Clock clock, Path log, Consumer<String> say)
      throws IOException {
    // Not counted: it may be the one that makes the archive of classes.
    peers.larderAsItComes().start(clock, log).close();
    var times = new double[starts];
    for (var start = 0; start < starts; start++) {
      try (var server = peers.larderAsItComes().start(clock, log)) {
        times[start] = server.startMillis();
      }
    }
    say.accept("start to first answer");
    long idle;
    long idleHeap;
    try (var server = peers.larderAsItComes().start(clock, log)) {
      settle(clock);
      idle = server.residentBytes();
      idleHeap = Heap.usedBytes(server);
    }
    say.accept("idle memory");
    try (var server = peers.larder().start(clock, log)) {
      var heapBefore = Heap.usedBytes(server);
      var full = added(server, clock);
      var heap = Heap.usedBytes(server) - heapBefore;
      say.accept("memory of a million entries");
      return new Footing(
          Files.size(peers.jar()),
          Sample.median(times),
          idle,
          idleHeap,
          full,
          heap,
          redis(clock, log));
    }
  }

  private static long redis(Clock clock, Path log) throws IOException {
    var tool = Tool.find("redis-server");
    if (tool.isEmpty()) {
      return 0;
    }
    try (var server = Peers.redis(tool.get()).start(clock, log)) {
      return added(server, clock);
    }
  }

  private static long added(ServerProcess server, Clock clock) throws IOException {
    var before = server.residentBytes();
    Filler.fill(server, ENTRIES, BYTES);
    settle(clock);
    return server.residentBytes() - before;
  }

  private static void settle(Clock clock) {
    var until = clock.ticks() + SETTLE_NANOS;
    for (var left = SETTLE_NANOS; left > 0; left = until - clock.ticks()) {
      LockSupport.parkNanos(left);
    }
  }

  /** As a table with targets. */
  String markdown() {
    var text = new StringBuilder("| | measured | target | aim | |\n|---|---:|---:|---:|---|\n");
    Report.line(text, "jar, MB", "%.1f", jar / 1e6, 30, 20);
    Report.line(text, "start to first answer, s", "%.2f", start / 1e3, 0.8, 0.3);
    Report.line(text, "idle: memory of the process, MB", "%.0f", idle / 1e6, 100, 64);
    Report.figure(text, "idle: objects in the heap, MB", idleHeap / 1e6);
    Report.figure(text, "a million entries of 100 bytes: process, MB more", full / 1e6);
    Report.figure(text, "a million entries of 100 bytes: objects, MB more", fullHeap / 1e6);
    if (redis > 0) {
      Report.figure(text, "the same in redis-server, MB more", redis / 1e6);
      Report.figure(text, "process, as a multiple of redis-server", (double) full / redis);
      Report.figure(text, "objects, as a multiple of redis-server", (double) fullHeap / redis);
    }
    return text.toString();
  }
}
