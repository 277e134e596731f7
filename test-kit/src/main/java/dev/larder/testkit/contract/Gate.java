package dev.larder.testkit.contract;

import dev.larder.CacheLoader;
import dev.larder.testkit.Actor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loader that stops in the middle until it is let go. */
final class Gate implements CacheLoader<String, String> {
  final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final @Nullable RuntimeException failure;

  Gate() {
    this(null);
  }

  Gate(@Nullable RuntimeException failure) {
    this.failure = failure;
  }

  @Override
  public String load(String key) {
    calls.incrementAndGet();
    entered.countDown();
    Actor.await(open);
    if (failure != null) {
      throw failure;
    }
    return "loaded " + key;
  }

  int calls() {
    return calls.get();
  }

  void letGo() {
    open.countDown();
  }
}
