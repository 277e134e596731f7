package dev.larder.tck.support;

import dev.larder.testkit.Actor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what others bring about. */
public final class Await {
  private Await() {}

  /** Returns once it holds; fails when that takes longer than {@link Actor#PATIENCE}. */
  public static void until(BooleanSupplier holds) {
    var never = new CountDownLatch(1);
    try {
      for (long left = Actor.PATIENCE.toMillis(); left > 0; left -= 5) {
        if (holds.getAsBoolean() || never.await(5, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
    throw new AssertionError("waited in vain");
  }
}
