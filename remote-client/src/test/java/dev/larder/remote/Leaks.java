package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.engine.SystemClock;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Whether threads are left over that a test began. */
final class Leaks {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  /** One of each for the process, kept by their libraries until they have been idle for long. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of("OkHttp TaskRunner", "Okio Watchdog", "larder-clock", "MockWebServer TaskRunner");

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  /** Waits until no thread is left that was not there before. */
  void assertNone() {
    await(() -> leftOver().isEmpty());
    assertEquals(Set.of(), leftOver());
  }

  private Set<String> leftOver() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !OF_THE_PROCESS.contains(name) && !name.startsWith("junit"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Waits for something, with patience. */
  static void await(BooleanSupplier condition) {
    var clock = SystemClock.instance();
    var end = clock.ticks() + PATIENCE;
    while (!condition.getAsBoolean() && clock.ticks() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
