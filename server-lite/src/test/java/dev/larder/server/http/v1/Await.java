package dev.larder.server.http.v1;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Await {
  private static final long STEP_NANOS = 1_000_000;
  private static final int STEPS = 20_000;

  private Await() {}

  /** Until it holds, at most 20 seconds and more. */
  static void until(BooleanSupplier condition) {
    for (var step = 0; step < STEPS; step++) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    throw new AssertionError("it did not come to hold");
  }
}
