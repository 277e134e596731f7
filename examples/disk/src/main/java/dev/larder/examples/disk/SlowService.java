package dev.larder.examples.disk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stands for what is too slow to be asked twice: another company's service, a big computation. */
final class SlowService {
  private static final long NANOS = 10_000_000;

  private final AtomicInteger asked = new AtomicInteger();

  /** The price of an article in cents, after 10 ms. */
  int price(String article) {
    asked.incrementAndGet();
    LockSupport.parkNanos(NANOS);
    return rightPrice(article);
  }

  /** How often it was asked. */
  int asked() {
    return asked.get();
  }

  /** The same every time, so that the program can tell whether an answer is right. */
  static int rightPrice(String article) {
    return Math.floorMod(article.hashCode() * 31, 10_000) + 1;
  }
}
