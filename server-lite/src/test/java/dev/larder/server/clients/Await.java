package dev.larder.server.clients;

import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.engine.SystemClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does soon. */
public final class Await {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private Await() {}

  /** Until it is so; fails saying what did not come when that takes more than ten seconds. */
  public static void until(String what, BooleanSupplier isSo) {
    var clock = SystemClock.instance();
    var end = clock.ticks() + PATIENCE;
    while (!isSo.getAsBoolean()) {
      if (clock.ticks() - end > 0) {
        fail("did not come within ten seconds: " + what);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
